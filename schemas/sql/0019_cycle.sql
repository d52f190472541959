-- Cycles: a run is one period of a cycle, a stage what a run asks for at its
-- time. Documents of a stage share its times.
CREATE TABLE stage (
    id       INTEGER PRIMARY KEY,
    run      INTEGER NOT NULL,
    name     TEXT NOT NULL,           -- its id in the cycle
    opens    INTEGER,                 -- times; NULL: none is said
    due      INTEGER,
    freezes  INTEGER,                 -- from then on nobody edits
    reveals  INTEGER,                 -- from then on it is revealed
    closes   INTEGER,
    UNIQUE (run, name)
);
CREATE TABLE cycle_run (
    id         INTEGER PRIMARY KEY,
    cycle      TEXT NOT NULL,
    version    INTEGER NOT NULL,      -- of the cycle, when it was launched last
    period     TEXT NOT NULL,
    starts     TEXT NOT NULL,         -- its first and last day
    ends       TEXT NOT NULL,
    audience   TEXT,                  -- WHO of a pilot; NULL: the whole audience
    launched   INTEGER NOT NULL,
    launched_by INTEGER,              -- person; NULL: its clock
    at_person  INTEGER NOT NULL,      -- the audience is known up to this person
    gathered   INTEGER,               -- when all of it was; NULL: not yet
    UNIQUE (cycle, period)
);
-- Who takes part in a run.
CREATE TABLE cycle_member (
    run    INTEGER NOT NULL REFERENCES cycle_run (id),
    person INTEGER NOT NULL REFERENCES person (id),
    joined INTEGER NOT NULL,
    gone   INTEGER,                   -- no more one of the audience, since
    PRIMARY KEY (run, person)
);
-- How far a stage has come. Apart from its times, which hardly ever change.
CREATE TABLE stage_progress (
    stage     INTEGER PRIMARY KEY REFERENCES stage (id),
    state     TEXT NOT NULL,          -- waiting, making, made, closing, closed
    at_person INTEGER NOT NULL,       -- all up to this person have theirs
    made      INTEGER NOT NULL,
    refused   INTEGER NOT NULL
);
-- What a stage made for whom; of an anonymous stage only that it did.
CREATE TABLE stage_document (
    stage    INTEGER NOT NULL REFERENCES stage (id),
    person   INTEGER NOT NULL REFERENCES person (id),
    document INTEGER,                 -- NULL: refused, or anonymous
    code     TEXT,                    -- of a refusal
    reason   TEXT,
    PRIMARY KEY (stage, person)
);

-- Of a document: the stage that made it, the step that it began in, and values
-- that were set over its own.
ALTER TABLE document ADD COLUMN stage INTEGER;
ALTER TABLE document ADD COLUMN begun TEXT;
ALTER TABLE document ADD COLUMN overrides TEXT;
CREATE INDEX document_stage ON document (stage, state, id);
