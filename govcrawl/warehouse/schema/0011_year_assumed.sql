-- A list that prints month and day leaves the year to the reader; what was assumed must be known for what it is.
ALTER TABLE raw.page ADD COLUMN entries.element.year_assumed BOOLEAN;
ALTER TABLE raw.section_visit ADD COLUMN entries.element.year_assumed BOOLEAN;
