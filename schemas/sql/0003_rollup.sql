-- Values that documents take from others. For each of its rollups a document
-- keeps the parts that others give it, and their totals, so that one change
-- costs the same however many parts there are.

-- Which forms take values from documents of which: also of old versions.
CREATE TABLE rollup_source (
    source TEXT NOT NULL,             -- family of forms
    form   TEXT NOT NULL,             -- takes from it
    PRIMARY KEY (source, form)
);
CREATE TABLE rollup_part (
    source INTEGER NOT NULL REFERENCES document (id),
    target INTEGER NOT NULL REFERENCES document (id),
    number INTEGER NOT NULL,          -- of the rollup in the target's form
    row    TEXT NOT NULL,             -- id of the row, or "" for the document
    num    REAL,                      -- its value; NULL: none, or no number
    weight REAL,
    value  TEXT,                      -- JSON, of fn="latest"
    made   INTEGER NOT NULL,          -- when the source was created
    PRIMARY KEY (source, target, number, row)
);
CREATE INDEX rollup_part_num ON rollup_part (target, number, num);
CREATE INDEX rollup_part_made ON rollup_part (target, number, made, source);
-- Sums are kept as two numbers whose sum is exact, so that years of changes
-- leave no crumbs.
CREATE TABLE rollup (
    document    INTEGER NOT NULL REFERENCES document (id),
    number      INTEGER NOT NULL,
    parts       INTEGER NOT NULL,
    absent      INTEGER NOT NULL,     -- parts without a value (or weight)
    total       REAL NOT NULL,        -- of values, or of value times weight
    total_rest  REAL NOT NULL,
    weight      REAL NOT NULL,
    weight_rest REAL NOT NULL,
    changed     INTEGER NOT NULL,     -- when a part last changed
    PRIMARY KEY (document, number)
);
-- What people entered in fields that a rollup gives: JSON by field.
ALTER TABLE document ADD COLUMN entered TEXT;
