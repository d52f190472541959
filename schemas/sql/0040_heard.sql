-- What chat tools have called with: what comes again counts once.
CREATE TABLE heard (
    channel TEXT NOT NULL,
    what    TEXT NOT NULL,            -- a hash of the call, or of what it names the event
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, what)
);
CREATE INDEX heard_at ON heard (at);

-- What somebody was asked to confirm in a chat, by a word and a number.
CREATE TABLE pending (
    channel TEXT NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (id),
    code    TEXT NOT NULL,
    token   TEXT NOT NULL,            -- sealed: what is done then
    until   INTEGER NOT NULL,
    PRIMARY KEY (channel, person)
);
CREATE INDEX pending_person ON pending (person);
