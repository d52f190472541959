-- What directories know of people and teams, and how they call them.
ALTER TABLE person ADD COLUMN external TEXT;
ALTER TABLE person ADD COLUMN gone INTEGER NOT NULL DEFAULT 0; -- deleted there
CREATE INDEX person_external ON person (external);
CREATE INDEX person_email ON person (email);

-- Teams by name; who is in them stands in team_member.
CREATE TABLE team (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    external TEXT,
    changed  INTEGER NOT NULL
);
INSERT INTO team (id, name, changed)
    SELECT ROW_NUMBER() OVER (ORDER BY team), team, 0
    FROM (SELECT DISTINCT team FROM team_member) AS t;
