-- How often a document has changed, so that an answer about it can be kept
-- while it has not. Both numbers only grow, and so does the sum over a
-- document of `stamp` and of 1 + `changes` of its seats.
ALTER TABLE document ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seat ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
