-- Who has looked at a document about somebody else, once a day; kept for as
-- long as the company's setting "reads-kept-days" says.
CREATE TABLE reading (
    document INTEGER NOT NULL,        -- may be gone since
    reader   INTEGER NOT NULL,
    day      TEXT NOT NULL,           -- UTC
    person   INTEGER NOT NULL,        -- whom it is about
    form     TEXT NOT NULL,
    at       INTEGER NOT NULL,        -- the first time that day
    PRIMARY KEY (document, reader, day)
);
CREATE INDEX reading_person ON reading (person, at);
CREATE INDEX reading_day ON reading (day);
