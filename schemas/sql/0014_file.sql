-- What people attach. A file is its uploader's until a document holds it; its
-- bytes lie in parts, so that no statement carries all of it.
CREATE TABLE file (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,           -- made safe; never a path
    type     TEXT NOT NULL,           -- found by looking into it
    size     INTEGER NOT NULL,        -- bytes, of all parts
    hash     BLOB,                    -- of the bytes; NULL: not all have come
    seconds  REAL,                    -- of sound, as its uploader says
    uploader INTEGER,
    created  INTEGER NOT NULL,
    document INTEGER,                 -- NULL: none holds it yet
    field    TEXT                     -- of the document; NULL: beside it
);
CREATE INDEX file_document ON file (document, created);
CREATE INDEX file_uploader ON file (uploader, document);
CREATE TABLE file_part (
    file INTEGER NOT NULL,
    n    INTEGER NOT NULL,            -- from 0
    data BLOB NOT NULL,
    PRIMARY KEY (file, n)
);
