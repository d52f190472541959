-- From when on a seat stands in the inbox of whoever has it; NULL: from its
-- making. Until then they may act and are not waited for.
ALTER TABLE seat ADD COLUMN asks INTEGER;
