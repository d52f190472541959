-- Deploys that wait for their approval: what would go live once the document
-- by which it is asked for has come to its end.
CREATE TABLE proposal (
    document INTEGER PRIMARY KEY,
    package  TEXT NOT NULL,
    person   INTEGER NOT NULL,        -- who asks
    files    TEXT NOT NULL,           -- JSON [["name","text"], ...]
    base     TEXT NOT NULL,           -- JSON [["kind","id",version], ...]: what it was compared with
    changes  TEXT NOT NULL,           -- JSON: what differs, as it is shown to those who decide
    adjusts  INTEGER NOT NULL,        -- 1: by a rule of adjusting, not by the right to deploy
    pilot    TEXT,
    at       INTEGER,                 -- when it goes live; NULL: at once
    reason   TEXT,
    state    TEXT NOT NULL,           -- open, live, refused, failed
    problem  TEXT,                    -- why it failed
    made     INTEGER NOT NULL,
    closed   INTEGER
);
