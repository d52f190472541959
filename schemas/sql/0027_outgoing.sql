-- What goes out of here: the ways there are, and what waits to be sent. What is
-- sent is a job of the kind "send", made in the transaction of what it tells;
-- its id is the key by which whoever gets it twice knows it.
CREATE TABLE channel (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,         -- a name of the table in connect/channel.c
    label      TEXT NOT NULL,
    state      TEXT NOT NULL,         -- on, off, gone: the other end wants no more
    config     TEXT NOT NULL,         -- JSON; nothing secret is in it
    secrets    TEXT,                  -- JSON, sealed with the key outside the store
    changed    INTEGER NOT NULL
);
-- How sending goes; apart, for whoever writes a document reads the other.
CREATE TABLE channel_state (
    channel    TEXT PRIMARY KEY,
    held_until INTEGER NOT NULL,      -- nothing is sent before
    failures   INTEGER NOT NULL,      -- one after the other; 0: the last one went well
    problem    TEXT,                  -- of the last failure; NULL: none since
    minute     INTEGER NOT NULL,      -- the last one in which something was sent
    sent       INTEGER NOT NULL       -- in that minute
);

ALTER TABLE job ADD COLUMN channel TEXT;   -- of "send"
ALTER TABLE job ADD COLUMN person INTEGER; -- whom it is for; NULL: whoever reads the channel
ALTER TABLE job ADD COLUMN slot TEXT;      -- more may still be added to it under this name
CREATE UNIQUE INDEX job_slot ON job (slot);
CREATE INDEX job_kind ON job (kind, state, due);
CREATE INDEX job_channel ON job (channel, state, due);
CREATE INDEX job_person ON job (person);

-- Who somebody is in a chat tool.
CREATE TABLE chat_account (
    channel TEXT NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (id),
    account TEXT NOT NULL,
    PRIMARY KEY (channel, person)
);
CREATE UNIQUE INDEX chat_account_name ON chat_account (channel, account);
CREATE INDEX chat_account_person ON chat_account (person);
