-- What people are told, by which ways, and when they want to be left in peace.
ALTER TABLE notification ADD COLUMN kind TEXT NOT NULL DEFAULT 'told';
CREATE INDEX notification_unread ON notification (person, id) WHERE read IS NULL;

-- How somebody wants to be told; without a row as everybody is.
CREATE TABLE wish (
    person  INTEGER PRIMARY KEY REFERENCES person (id),
    data    TEXT NOT NULL,            -- JSON, as of flow/wish.h
    changed INTEGER NOT NULL
);

-- What a letter to a person will tell, if it still holds when it is sent.
CREATE TABLE delivery (
    job  INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    what TEXT NOT NULL,               -- told: a notification; work: a seat
    id   INTEGER NOT NULL,
    PRIMARY KEY (job, what, id)
);
