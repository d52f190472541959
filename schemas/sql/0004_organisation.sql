-- What people and units were, and what they are going to be. `line` has the
-- edges between people with their days; here is the rest.

-- Until that day, from the one before of the same `what`, it was `value`;
-- behind the last one it is what stands in the row of the person or unit.
CREATE TABLE past (
    kind  TEXT NOT NULL,              -- person, unit
    id    INTEGER NOT NULL,
    what  TEXT NOT NULL,              -- unit, title, grade, active; parent, head
    until TEXT NOT NULL,              -- date, excluded
    value TEXT,                       -- ids in digits; NULL: none
    PRIMARY KEY (kind, id, what, until)
);

-- Changes that wait for their day.
CREATE TABLE planned (
    id      INTEGER PRIMARY KEY,
    day     TEXT NOT NULL,            -- counts from this day on
    due     INTEGER NOT NULL,         -- its first moment, in the company's zone
    kind    TEXT NOT NULL,            -- person, unit
    target  INTEGER NOT NULL,
    change  TEXT NOT NULL,            -- JSON, as the API takes it
    made    INTEGER NOT NULL,
    made_by INTEGER,
    problem TEXT                      -- why it could not be done; NULL: waits
);
CREATE INDEX planned_due ON planned (problem, due, id);
CREATE INDEX planned_target ON planned (kind, target);

-- What an administrator sets for the whole company.
CREATE TABLE company (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL               -- JSON
);

ALTER TABLE unit ADD COLUMN active INTEGER NOT NULL DEFAULT 1;

-- A program, not a human being: no password, and in no list of people.
ALTER TABLE person ADD COLUMN service INTEGER NOT NULL DEFAULT 0;
