-- What a circular prints beside the faults: who was called to account, and on which days accounts posted.
CREATE TABLE raw.reprimand (
    registry_sha256 VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    given_on DATE NOT NULL,
    way VARCHAR NOT NULL,
    persons INTEGER NOT NULL DEFAULT 1,
    remark VARCHAR
);
COMMENT ON TABLE raw.reprimand IS 'Persons of one unit called to account on one day in one way (问责), of one registry.';

ALTER TABLE raw.feed_visit ADD COLUMN post_days VARCHAR[] DEFAULT [];
ALTER TABLE raw.feed_visit ALTER COLUMN post_days SET NOT NULL;
