-- Where an event stands in the history of its document: each has a greater
-- number than those before it, whichever node wrote them and whatever its clock
-- said. It is `at`, unless that is not greater; so events of before, which have
-- none, keep their place by `at`. The document remembers the last one given.
ALTER TABLE event ADD COLUMN ordinal INTEGER;
ALTER TABLE document ADD COLUMN ordinal INTEGER;
