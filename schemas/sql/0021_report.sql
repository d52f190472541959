-- Numbers of reports with a floor, as they were first shown: they never change
-- again, or what changed between two looks would tell of single people. Of one
-- form and stretch of time one question is answered, for the same reason.
CREATE TABLE report_shown (
    form     TEXT NOT NULL,           -- the root of its overlays
    since    INTEGER NOT NULL,        -- days since 1970, both included
    until    INTEGER NOT NULL,
    question TEXT NOT NULL,           -- hash of all that was asked
    report   TEXT NOT NULL,
    made     INTEGER NOT NULL,
    numbers  TEXT NOT NULL,           -- JSON
    PRIMARY KEY (form, since, until)
);
