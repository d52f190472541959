-- The tables of a Weft store, in the subset that SQLite and PostgreSQL share.
-- Times are milliseconds since 1970 UTC. Ids are 63-bit (base/id.h) unless
-- said otherwise. JSON is text that no SQL looks into. A file of this folder
-- is applied once, in one transaction, and never changed afterwards.

-- What processes on one store tell each other.
CREATE TABLE generation (
    what TEXT PRIMARY KEY,      -- definition, organisation, setting
    n    INTEGER NOT NULL       -- grows with each change
);
CREATE TABLE node (
    id          INTEGER PRIMARY KEY,  -- 0-1023, part of the ids it makes
    holder      TEXT NOT NULL,        -- random text of the process
    lease_until INTEGER NOT NULL
);

-- Definitions: text, stored once, never changed.
CREATE TABLE definition (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,        -- package, form, script
    name        TEXT NOT NULL,        -- its id in the language
    version     INTEGER NOT NULL,     -- 1, 2, 3 ...
    package     TEXT NOT NULL,
    package_version INTEGER NOT NULL, -- settings, scales and lists it was checked with
    base        TEXT,                 -- of an overlay: the form it changes
    base_version INTEGER,
    file        TEXT NOT NULL,        -- for messages
    text        TEXT NOT NULL,        -- XML, or Lua of a script
    hook        TEXT,                 -- Lua of the form's hook file
    hook_file   TEXT,
    hash        TEXT NOT NULL,        -- over all that it was made of
    uses        TEXT NOT NULL,        -- JSON: scripts by name and version
    audience    TEXT,                 -- WHO of a pilot; NULL: everyone
    live        INTEGER NOT NULL,     -- 1: new documents may start with it
    deployed    INTEGER NOT NULL,
    deployed_by INTEGER,
    UNIQUE (kind, name, version)
);
CREATE INDEX definition_package ON definition (package, kind);
CREATE INDEX definition_live ON definition (live, kind, name, version);

-- Values of settings that differ from the package's default.
CREATE TABLE setting (
    package TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,            -- JSON
    changed INTEGER NOT NULL,
    changed_by INTEGER,
    PRIMARY KEY (package, name)
);

-- The organisation as of today; lines with dates are edges in `line`.
CREATE TABLE unit (
    id     INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE,      -- what files and formulas call it
    name   TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    parent INTEGER REFERENCES unit (id),
    head   INTEGER,                   -- person
    head_login TEXT                   -- named before that person existed
);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_head ON unit (head);
CREATE TABLE person (
    id         INTEGER PRIMARY KEY,
    login      TEXT NOT NULL UNIQUE,  -- folded
    name       TEXT NOT NULL,
    pinyin     TEXT NOT NULL,
    initials   TEXT NOT NULL,
    email      TEXT,
    unit       INTEGER REFERENCES unit (id),
    manager    INTEGER REFERENCES person (id),
    grade      REAL,
    title      TEXT,
    active     INTEGER NOT NULL,
    locale     TEXT,
    timezone   TEXT,
    hired      TEXT,
    teams      TEXT NOT NULL,         -- ";a;b;"
    attributes TEXT NOT NULL,         -- JSON: columns of imports unknown to us
    password   TEXT,                  -- argon2id
    changed    INTEGER NOT NULL
);
CREATE INDEX person_unit ON person (unit);
CREATE INDEX person_manager ON person (manager);
CREATE INDEX person_pinyin ON person (pinyin, id);
CREATE INDEX person_name ON person (name);
CREATE INDEX person_initials ON person (initials);
CREATE TABLE line (
    person INTEGER NOT NULL REFERENCES person (id),
    above  INTEGER NOT NULL REFERENCES person (id),
    kind   TEXT NOT NULL,             -- manager, dotted
    since  TEXT NOT NULL,             -- date, "" always
    until  TEXT NOT NULL,             -- date, excluded; "9999-12-31" open
    PRIMARY KEY (person, kind, above, since)
);
CREATE INDEX line_above ON line (above, kind);
CREATE TABLE team_member (
    team   TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (team, person)
);
CREATE INDEX team_member_person ON team_member (person);
CREATE TABLE role_grant (
    role   TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    unit   INTEGER REFERENCES unit (id),  -- NULL: everywhere
    unit_key INTEGER NOT NULL,            -- unit or 0, for the key
    PRIMARY KEY (role, person, unit_key)
);
CREATE INDEX role_grant_person ON role_grant (person);
-- Closures for today. Everybody is above themselves at distance 0.
CREATE TABLE person_above (
    person   INTEGER NOT NULL,
    above    INTEGER NOT NULL,
    distance INTEGER NOT NULL,
    PRIMARY KEY (person, above)
);
CREATE INDEX person_above_above ON person_above (above, distance);
CREATE TABLE unit_above (
    unit     INTEGER NOT NULL,
    above    INTEGER NOT NULL,
    distance INTEGER NOT NULL,
    PRIMARY KEY (unit, above)
);
CREATE INDEX unit_above_above ON unit_above (above);

-- Sign-in. Only hashes of what opens something.
CREATE TABLE session (
    hash    BLOB PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES person (id),
    csrf    TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,         -- written at most once a minute
    expires INTEGER NOT NULL,
    agent   TEXT
);
CREATE INDEX session_person ON session (person);
CREATE TABLE token (
    id      INTEGER PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,
    person  INTEGER NOT NULL REFERENCES person (id),
    scopes  TEXT NOT NULL,            -- words separated by one space
    created INTEGER NOT NULL,
    expires INTEGER,
    used    INTEGER
);

-- Documents.
CREATE TABLE document (
    id       INTEGER PRIMARY KEY,
    form     TEXT NOT NULL,
    family   TEXT NOT NULL,           -- the form at the root of its overlays
    version  INTEGER NOT NULL,        -- of the form
    title    TEXT NOT NULL,
    step     TEXT NOT NULL,
    level    TEXT,                    -- of an approval; NULL elsewhere
    state    TEXT NOT NULL,           -- open, done, void
    subject  INTEGER,
    creator  INTEGER,
    parent   INTEGER REFERENCES document (id),
    period   TEXT,
    health   TEXT,
    progress REAL,
    score    REAL,
    due      INTEGER,
    revision INTEGER NOT NULL,        -- edits and steps: for If-Match
    walk     INTEGER NOT NULL,        -- of approvals: grows with each submit
    flow     TEXT NOT NULL,           -- JSON: what a running chain remembers
    uniq     TEXT,                    -- values of `unique`, NULL when void
    created  INTEGER NOT NULL,
    updated  INTEGER NOT NULL,
    data     TEXT NOT NULL            -- JSON, the whole
);
CREATE UNIQUE INDEX document_uniq ON document (family, uniq);
CREATE INDEX document_subject ON document (subject, updated);
CREATE INDEX document_creator ON document (creator, updated);
CREATE INDEX document_form ON document (form, updated);
CREATE INDEX document_family ON document (family, step);
CREATE INDEX document_parent ON document (parent);
-- What lists, links and access need of the data, typed.
CREATE TABLE field_index (
    document INTEGER NOT NULL REFERENCES document (id),
    form     TEXT NOT NULL,
    field    TEXT NOT NULL,           -- "owner", "goals.title"
    row      INTEGER NOT NULL,        -- 0 outside item tables, else from 1; of lists: the member
    num      REAL,                    -- numbers, booleans, money
    text     TEXT,                    -- everything else; persons by id
    PRIMARY KEY (document, field, row)
);
CREATE INDEX field_index_text ON field_index (form, field, text, document);
CREATE INDEX field_index_num ON field_index (form, field, num, document);
CREATE TABLE link (
    document INTEGER NOT NULL REFERENCES document (id),
    field    TEXT NOT NULL,
    row      INTEGER NOT NULL,
    target   INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (document, field, row, target)
);
CREATE INDEX link_target ON link (target, field);
CREATE TABLE comment (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    author   INTEGER NOT NULL REFERENCES person (id),
    text     TEXT NOT NULL,
    at       INTEGER NOT NULL
);
CREATE INDEX comment_document ON comment (document, id);
CREATE TABLE reaction (
    document INTEGER NOT NULL REFERENCES document (id),
    person   INTEGER NOT NULL REFERENCES person (id),
    emoji    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (document, person, emoji)
);

-- Work: who is asked, for which step or level, and what they said. A seat is
-- made before its document's own row is written, hence no foreign key there.
CREATE TABLE seat (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    form     TEXT NOT NULL,
    step     TEXT NOT NULL,
    level    TEXT,                    -- NULL: of a step
    walk     INTEGER NOT NULL,
    place    INTEGER NOT NULL,        -- order within the level, from 1
    person   INTEGER NOT NULL REFERENCES person (id),
    source   TEXT NOT NULL,           -- why this person: rule, nobody, again
    state    TEXT NOT NULL,           -- waiting, open, approved, rejected, done, closed
    made     INTEGER NOT NULL,
    due      INTEGER,
    decided  INTEGER
);
CREATE INDEX seat_person ON seat (person, state, due, id);
CREATE INDEX seat_document ON seat (document, state);

-- History: append-only, one chain a writing connection (lane).
CREATE TABLE lane (
    id    INTEGER PRIMARY KEY,
    head  BLOB NOT NULL,              -- hash of its last event
    n     INTEGER NOT NULL            -- events in it
);
CREATE TABLE event (
    lane     INTEGER NOT NULL,
    seq      INTEGER NOT NULL,        -- from 1 in its lane, no gaps
    document INTEGER,
    at       INTEGER NOT NULL,
    actor    INTEGER,                 -- NULL: the engine itself
    kind     TEXT NOT NULL,
    step     TEXT,
    level    TEXT,
    reason   TEXT,                    -- code, for the engine's own acts
    payload  TEXT,                    -- JSON: comment, changes; NULL once erased
    salt     BLOB,
    digest   BLOB NOT NULL,           -- BLAKE2b(salt, payload)
    hash     BLOB NOT NULL,           -- BLAKE2b(previous hash, all above but payload and salt)
    PRIMARY KEY (lane, seq)
);
CREATE INDEX event_document ON event (document, at, lane, seq);

-- Things to do later, at least once.
CREATE TABLE job (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,        -- hook
    document    INTEGER,
    payload     TEXT NOT NULL,        -- JSON
    due         INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,     -- 0: nobody works on it
    fence       INTEGER NOT NULL,     -- grows with each lease
    attempt     INTEGER NOT NULL,
    state       TEXT NOT NULL,        -- waiting, dead
    problem     TEXT                  -- of the last attempt
);
CREATE INDEX job_due ON job (state, due);
CREATE TABLE made_once (
    key      TEXT PRIMARY KEY,        -- of create() in hooks
    document INTEGER NOT NULL
);
CREATE TABLE notification (
    id       INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES person (id),
    document INTEGER,
    text     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    read     INTEGER                  -- when
);
CREATE INDEX notification_person ON notification (person, id);
CREATE TABLE idempotency (
    person  INTEGER NOT NULL,
    key     TEXT NOT NULL,
    request BLOB NOT NULL,            -- hash of method, path and body
    code    INTEGER NOT NULL,
    etag    TEXT,
    document INTEGER,
    body    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_at ON idempotency (at);
-- Tokens of full text: one row a document and field, cut by base/text.h.
-- The driver makes the index that finds them (FTS5, tsvector).
