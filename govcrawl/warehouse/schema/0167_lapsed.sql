-- What stands today where a link once led.
ALTER TABLE raw.link_check ADD COLUMN spam VARCHAR[] DEFAULT [];
ALTER TABLE raw.link_check ALTER COLUMN spam SET NOT NULL;
ALTER TABLE raw.link_check ADD COLUMN title VARCHAR;
ALTER TABLE raw.link_check ADD COLUMN body_sha256 VARCHAR;
