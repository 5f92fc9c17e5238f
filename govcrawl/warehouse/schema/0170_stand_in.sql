-- What stands in for a page that is not there, where its host answers 200; null in folders written before.
ALTER TABLE raw.link_check ADD COLUMN stand_in VARCHAR;
COMMENT ON COLUMN raw.link_check.stand_in IS 'What came in place of the target, a word of StandIn; null where nothing did, or nobody noted it';
