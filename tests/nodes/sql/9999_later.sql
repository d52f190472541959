-- What a later build adds to the tables, for tests/nodes/run: a column that the
-- build before does not know, and fills by its default; a table; an index.
ALTER TABLE document ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
CREATE TABLE later (
    document INTEGER NOT NULL REFERENCES document (id),
    at       INTEGER NOT NULL,
    PRIMARY KEY (document, at)
);
CREATE INDEX document_later ON document (later, id);
