-- What stands in for the list of a registered section, where its host answers 200; null in folders written before.
ALTER TABLE raw.section_visit ADD COLUMN stand_in VARCHAR;
COMMENT ON COLUMN raw.section_visit.stand_in IS 'What came in place of the list, a word of StandIn; null where nothing did, or nobody noted it';
