-- The series of a metric: one for each person or unit that it has points of.
CREATE TABLE metric_series (
    id      INTEGER PRIMARY KEY,
    metric  TEXT NOT NULL,            -- id of its definition
    subject TEXT NOT NULL             -- a person's id, a unit's key
);
CREATE UNIQUE INDEX metric_series_key ON metric_series (metric, subject);

-- One point; the same time again is the same point.
CREATE TABLE metric_point (
    series INTEGER NOT NULL,
    at     INTEGER NOT NULL,          -- ms
    value  REAL NOT NULL,
    PRIMARY KEY (series, at)
);

-- The points of a day, in the zone of the package, added up: kept with them.
CREATE TABLE metric_day (
    series  INTEGER NOT NULL,
    day     INTEGER NOT NULL,         -- since 1970
    n       INTEGER NOT NULL,
    total   REAL NOT NULL,
    least   REAL NOT NULL,
    most    REAL NOT NULL,
    last    REAL NOT NULL,            -- of the newest point
    last_at INTEGER NOT NULL,
    PRIMARY KEY (series, day)
);

-- How far a level has judged a series, and for how long it has held.
CREATE TABLE metric_hold (
    series       INTEGER NOT NULL,
    level        TEXT NOT NULL,
    upto         INTEGER NOT NULL,    -- ms: the newest that was judged
    run          INTEGER NOT NULL,    -- so many in a row, it among them
    since        INTEGER NOT NULL,    -- the first of them
    run_before   INTEGER NOT NULL,    -- the same without it, should it be
    since_before INTEGER NOT NULL,    -- judged again
    episode      INTEGER,             -- row of alert_episode that goes on
    PRIMARY KEY (series, level)
);

-- Spans (days, hours …) that are to be judged once they are over and nothing
-- has come for a while.
CREATE TABLE metric_span (
    series INTEGER NOT NULL,
    level  TEXT NOT NULL,
    begins INTEGER NOT NULL,          -- ms
    ends   INTEGER NOT NULL,          -- excluded
    due    INTEGER NOT NULL,
    PRIMARY KEY (series, level, begins)
);
CREATE INDEX metric_span_due ON metric_span (due, series, begins);
