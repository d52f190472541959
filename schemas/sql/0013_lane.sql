-- Where a document is in the lanes of a <parallel>. A row stays when the
-- document has left: the next time, the lane's walk goes on from there.
CREATE TABLE document_lane (
    document INTEGER NOT NULL,
    parallel TEXT NOT NULL,        -- the step whose lane it is
    lane     TEXT NOT NULL,
    state    TEXT NOT NULL,        -- open, joined, left
    step     TEXT NOT NULL,        -- where it stands, or stood last
    level    TEXT,                 -- of an approval; NULL elsewhere
    walk     INTEGER NOT NULL,     -- as that of a document
    due      INTEGER,              -- what a <wait> in it waits for
    flow     TEXT NOT NULL,        -- JSON: what a running chain remembers
    PRIMARY KEY (document, parallel, lane)
);
