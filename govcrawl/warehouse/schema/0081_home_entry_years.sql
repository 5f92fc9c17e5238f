-- A home page that prints month and day leaves the year to the reader; what was assumed proves no update.
ALTER TABLE derived.home_entry ADD COLUMN year_assumed BOOLEAN DEFAULT false;
COMMENT ON COLUMN derived.home_entry.year_assumed IS 'Only month and day are printed, and the page of the entry shows no day';
