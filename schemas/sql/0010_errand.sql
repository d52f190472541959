-- Documents that a step of another one asks for: <call> and <collect>. A row
-- stays when the answer is in; the order of rows tells nothing.
CREATE TABLE errand (
    document INTEGER PRIMARY KEY,  -- what is asked for
    parent   INTEGER NOT NULL,     -- the document that asks
    step     TEXT NOT NULL,        -- of the parent
    round    INTEGER NOT NULL,     -- 1, 2 ...: how often it came to that step
    party    TEXT NOT NULL,        -- the group of a collect; '' of a call
    state    TEXT NOT NULL         -- open, in, dropped (nobody waits for it)
);
CREATE INDEX errand_parent ON errand (parent, step, round, state);

-- Documents whose writer nobody may know. While a row says so, nobody but that
-- writer sees the document at all; they have no creator, no seats, no events,
-- no rows for searching, and no time but the day.
CREATE TABLE veil (
    document INTEGER PRIMARY KEY,
    shown    INTEGER NOT NULL      -- 1: the collect has closed and shows it
);

-- Who is asked anonymously, apart from what they answer. Which document is
-- theirs stands sealed in `box` with a key outside the store, and is forgotten
-- when the collect closes. Ids are random, so that no order tells anything.
CREATE TABLE rater (
    id       INTEGER PRIMARY KEY,
    parent   INTEGER NOT NULL,     -- as in errand
    step     TEXT NOT NULL,
    round    INTEGER NOT NULL,
    party    TEXT NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    box      BLOB,                 -- NULL: closed, and this person had answered
    shown    INTEGER NOT NULL      -- 1: closed, and the party's answers show
);
CREATE INDEX rater_person ON rater (person);
CREATE INDEX rater_parent ON rater (parent, step);
