-- Signing in at OpenID providers.
CREATE TABLE provider (
    id      TEXT PRIMARY KEY,         -- in the address /sign-in/ID
    label   TEXT NOT NULL,
    issuer  TEXT NOT NULL,            -- byte for byte as it says of itself
    client  TEXT NOT NULL,            -- what it calls us
    secret  TEXT,                     -- sealed with the key outside the store; NULL: none
    address TEXT NOT NULL,            -- of this server, as browsers see it
    creates INTEGER NOT NULL,         -- 1: a first sign-in makes an account
    inside  INTEGER NOT NULL,         -- 1: it is in one's own network, TLS or not
    changed INTEGER NOT NULL
);
-- Who somebody is there. Never found by mail address or name.
CREATE TABLE identity (
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    person  INTEGER NOT NULL REFERENCES person (id),
    made    INTEGER NOT NULL,
    used    INTEGER,                  -- the last sign-in
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_person ON identity (person);
-- Ways back that were taken once, and are no more; by the hash of their state.
CREATE TABLE way_taken (
    state BLOB PRIMARY KEY,
    until INTEGER NOT NULL            -- when it is over by itself
);
CREATE INDEX way_taken_until ON way_taken (until);

-- Where the person signed in, to sign out there as well; NULL: here.
ALTER TABLE session ADD COLUMN provider TEXT;
