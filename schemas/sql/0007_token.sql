-- What a token is for, in the words of whoever made it.
ALTER TABLE token ADD COLUMN name TEXT;
CREATE INDEX token_person ON token (person);
