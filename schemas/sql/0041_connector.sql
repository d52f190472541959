-- How the connectors go: a row each, once it has been tried.
CREATE TABLE connector (
    id       TEXT PRIMARY KEY,        -- of a definition of that kind
    due      INTEGER NOT NULL,        -- when it is fetched next
    failures INTEGER NOT NULL,        -- one after the other; 0: the last one went well
    fetched  INTEGER,                 -- when it went well last; NULL: never
    n_rows   INTEGER NOT NULL,        -- that came then
    problem  TEXT                     -- of the last one; NULL: none
);
