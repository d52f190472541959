-- What a document is called in the other one of the two languages, where its
-- form says; NULL: the same.
ALTER TABLE document ADD COLUMN title_other TEXT;
