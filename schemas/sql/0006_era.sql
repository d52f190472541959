-- Which version of a form took new documents, when and whose: a row begins
-- when a version goes live, for all or as a pilot, and ends when it is retired,
-- widened or replaced. What a form named when it was checked is found here.
CREATE TABLE era (
    id         INTEGER PRIMARY KEY,   -- grows in time
    definition INTEGER NOT NULL REFERENCES definition (id),
    name       TEXT NOT NULL,         -- the form
    version    INTEGER NOT NULL,
    audience   TEXT,                  -- WHO of a pilot; NULL: everyone
    since      INTEGER NOT NULL,
    until      INTEGER,               -- excluded; NULL: it goes on
    begun_by   INTEGER,               -- person; NULL: the command line
    ended_by   INTEGER
);
CREATE INDEX era_name ON era (name, since);
INSERT INTO era (id, definition, name, version, audience, since, until,
    begun_by)
    SELECT d.id, d.id, d.name, d.version, d.audience, d.deployed,
        CASE WHEN d.live = 1 THEN NULL ELSE COALESCE((SELECT MIN(n.deployed)
            FROM definition n WHERE n.kind = 'form' AND n.name = d.name
            AND n.version > d.version AND n.audience IS NULL), d.deployed) END,
        d.deployed_by
    FROM definition d WHERE d.kind = 'form';

-- When a version that waits goes live; NULL: it waits for nothing.
ALTER TABLE definition ADD COLUMN planned INTEGER;

-- Running documents by the version they run on: counted, and moved to another.
CREATE INDEX document_running ON document (form, version, id)
    WHERE state = 'open';
