-- Ended documents that have been kept long enough and are reduced by now. A
-- document that has changed since is looked at again.
CREATE TABLE retained (
    document INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL
);
