-- What the provider calls the session by which somebody came: it ends it when
-- they sign out there.
ALTER TABLE session ADD COLUMN sid TEXT;
CREATE INDEX session_sid ON session (sid);
