-- A section is blank only where nothing on its page repeats and no script may fill it.
ALTER TABLE raw.section_visit ADD COLUMN doubt VARCHAR;
COMMENT ON COLUMN raw.section_visit.doubt IS 'Where no entry was read: what may be one, or may hold them, on its first page; null where nothing may';
