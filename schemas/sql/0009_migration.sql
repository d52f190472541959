-- Running documents on their way to another version, some at a time.
CREATE TABLE migration (
    id          INTEGER PRIMARY KEY,
    form        TEXT NOT NULL,
    version     INTEGER NOT NULL,     -- where they go
    steps       TEXT NOT NULL,        -- JSON: old step to new step
    fields      TEXT NOT NULL,        -- JSON: old path to new path
    reason      TEXT,
    started     INTEGER NOT NULL,
    started_by  INTEGER,              -- person; NULL: the command line
    finished    INTEGER,              -- NULL: it goes on
    at_version  INTEGER NOT NULL,     -- how far it has come: of this version
    at_document INTEGER NOT NULL,     -- the documents up to this one
    moved       INTEGER NOT NULL,
    refused     INTEGER NOT NULL
);
CREATE INDEX migration_form ON migration (form, id);
-- Why a document stayed where it was.
CREATE TABLE migration_refused (
    migration INTEGER NOT NULL REFERENCES migration (id),
    document  INTEGER NOT NULL,
    code      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (migration, document)
);
