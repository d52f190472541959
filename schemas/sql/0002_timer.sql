-- What happens because a time has come. A row is there until it has fired:
-- firing removes it, in the transaction of its effect.
CREATE TABLE timer (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,           -- names its handler
    key      TEXT,                    -- with the kind names one timer; NULL: none
    document INTEGER,
    seat     INTEGER,
    step     TEXT,
    level    TEXT,                    -- of an approval
    walk     INTEGER NOT NULL,        -- of the document when it was set
    due      INTEGER NOT NULL,        -- as it was set
    at       INTEGER NOT NULL,        -- when it fires: due, or later after a failure
    payload  TEXT NOT NULL,           -- JSON, its handler's
    attempt  INTEGER NOT NULL,        -- failures so far
    state    TEXT NOT NULL,           -- waiting, dead
    problem  TEXT                     -- of the last attempt
);
CREATE UNIQUE INDEX timer_key ON timer (kind, key);
CREATE INDEX timer_at ON timer (state, at, id);
CREATE INDEX timer_document ON timer (document);
