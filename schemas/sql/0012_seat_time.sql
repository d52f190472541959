-- Since when the time of whoever has the seat runs; NULL: it does not, for
-- nobody has it now, or nothing says until when.
ALTER TABLE seat ADD COLUMN timed INTEGER;
