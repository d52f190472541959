-- Which comment a file is said with, such as a voice; NULL: none.
ALTER TABLE file ADD COLUMN comment INTEGER;
