-- How much is used, a day at a time: counted from the history when the day is
-- over. Nobody's own use is kept: units show from three people on, and only if
-- as many remain.
CREATE TABLE usage (
    day    INTEGER NOT NULL,          -- since 1970, in the company's zone
    form   TEXT NOT NULL,             -- "": all of them
    what   TEXT NOT NULL,             -- kind of event; "": any
    unit   TEXT NOT NULL,             -- key; "": the company
    n      INTEGER NOT NULL,
    people INTEGER,                   -- different ones; NULL: fewer than three
    PRIMARY KEY (day, form, what, unit)
);
-- How far the lanes of the history are counted.
CREATE TABLE usage_lane (
    lane INTEGER PRIMARY KEY,
    seq  INTEGER NOT NULL
);
