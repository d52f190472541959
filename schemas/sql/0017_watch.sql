-- Fields that something beside the form itself asks by (alerts, reports,
-- cycles): they have index rows like those with index="true".
CREATE TABLE indexed_field (
    family TEXT NOT NULL,             -- of forms
    field  TEXT NOT NULL,             -- its path
    filled INTEGER NOT NULL,          -- 0: documents from before have no rows yet
    PRIMARY KEY (family, field)
);

-- When the value last became what it is; NULL: before this was kept.
ALTER TABLE field_index ADD COLUMN changed INTEGER;

-- The documents that an alert looks at. A row is made when a document enters
-- what is watched and goes when it leaves.
CREATE TABLE watch (
    alert    TEXT NOT NULL,           -- id of its definition
    document INTEGER NOT NULL REFERENCES document (id),
    due      INTEGER NOT NULL,        -- from when its light may differ; 0: it has changed
    level    TEXT,                    -- that colours it; NULL: none, it is green
    colour   TEXT,                    -- of that level
    PRIMARY KEY (alert, document)
);
CREATE INDEX watch_due ON watch (alert, due, document);
CREATE INDEX watch_document ON watch (document);

-- What a level of an alert or a metric said of a document or a subject, from
-- when to when. Rows that follow one another without a break are one episode.
CREATE TABLE alert_episode (
    id       INTEGER PRIMARY KEY,     -- grows in time
    kind     TEXT NOT NULL,           -- alert, metric
    name     TEXT NOT NULL,           -- id of its definition
    level    TEXT NOT NULL,
    colour   TEXT NOT NULL,           -- yellow, red
    episode  INTEGER NOT NULL,        -- id of its first row
    document INTEGER,                 -- of an alert
    subject  TEXT,                    -- of a metric: a person's id, a unit's key
    value    REAL,                    -- of a metric: that began it
    begun    INTEGER NOT NULL,        -- ms; of a metric: the time of the point
    noticed  INTEGER NOT NULL,        -- ms: when it was found and told
    told     INTEGER NOT NULL,        -- people
    ended    INTEGER                  -- ms; NULL: it goes on
);
CREATE INDEX alert_episode_document ON alert_episode (document, name, ended);
CREATE INDEX alert_episode_subject ON alert_episode (kind, name, subject, level, ended);
CREATE INDEX alert_episode_begun ON alert_episode (kind, name, begun);
