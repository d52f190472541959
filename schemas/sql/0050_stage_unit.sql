-- Of a stage that makes a document for each unit: which one. stage_document has
-- the first of a person's beside it, for who only asks whether there is one.
CREATE TABLE stage_unit (
    stage    INTEGER NOT NULL REFERENCES stage (id),
    unit     INTEGER NOT NULL,        -- may be gone since
    document INTEGER NOT NULL,
    PRIMARY KEY (stage, unit)
);
