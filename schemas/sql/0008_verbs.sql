-- What people do with the work that they are asked for: give it away, for a
-- time or for good, ask others too, and send copies.

-- In whose name the seat is held, by delegation; NULL: in one's own.
ALTER TABLE seat ADD COLUMN giver INTEGER;
-- Of one that hangs on another seat: that seat, and how (before, beside,
-- after: an added approver; delegate: its decision is given back).
ALTER TABLE seat ADD COLUMN asker INTEGER;
ALTER TABLE seat ADD COLUMN tie TEXT;
-- Who added it, and may take it back; NULL: the level itself asks.
ALTER TABLE seat ADD COLUMN added_by INTEGER;

-- Whoever stands in for somebody from one day to another.
CREATE TABLE delegation (
    id      INTEGER PRIMARY KEY,
    giver   INTEGER NOT NULL REFERENCES person (id),
    taker   INTEGER NOT NULL REFERENCES person (id),
    since   TEXT NOT NULL,            -- date, included
    until   TEXT NOT NULL,            -- date, included; "9999-12-31" open
    forms   TEXT NOT NULL,            -- JSON list of ids; "[]": all
    made    INTEGER NOT NULL,
    made_by INTEGER,
    ended   INTEGER                   -- when it was taken back
);
CREATE INDEX delegation_giver ON delegation (giver, until);
CREATE INDEX delegation_taker ON delegation (taker, until);

-- Who has taken over everything from somebody who leaves.
CREATE TABLE successor (
    person  INTEGER PRIMARY KEY REFERENCES person (id),
    heir    INTEGER NOT NULL REFERENCES person (id),
    made    INTEGER NOT NULL,
    made_by INTEGER
);

-- A copy sent: one row with its audience, a person or a whole unit.
CREATE TABLE cc (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    person   INTEGER REFERENCES person (id),
    unit     INTEGER REFERENCES unit (id), -- with all units below it
    sent_by  INTEGER REFERENCES person (id),
    sent     INTEGER NOT NULL
);
CREATE INDEX cc_document ON cc (document);
CREATE INDEX cc_person ON cc (person, document);
CREATE INDEX cc_unit ON cc (unit, document);
-- Who has read it, and when first.
CREATE TABLE cc_read (
    document INTEGER NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    at       INTEGER NOT NULL,
    PRIMARY KEY (document, person)
);
