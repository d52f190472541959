-- Of a seat that somebody has given away: the fields that they did not see
-- then, each between blanks (" grade lines.cost "), which it does not show to
-- whoever has it. NULL: it shows all that work shows.
ALTER TABLE seat ADD COLUMN unseen TEXT;
