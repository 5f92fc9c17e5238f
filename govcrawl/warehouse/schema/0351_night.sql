-- The assessment each night of `govcrawl nightly` made: whose edition is the one the office works by.
CREATE TABLE raw.night (
    night_id VARCHAR PRIMARY KEY,
    as_of DATE NOT NULL,
    assessment_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw.night IS 'One night that judged, as its record in data/nights names it.';
