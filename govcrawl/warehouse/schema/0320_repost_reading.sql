-- Texts beside their copies on the pages of a night.
CREATE TABLE raw.repost_reading (
    run_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    marks STRUCT(check_id VARCHAR, way VARCHAR, observed VARCHAR, expected VARCHAR, excerpt VARCHAR, "offset" INTEGER, "count" INTEGER, reason VARCHAR, certain BOOLEAN, seen_at VARCHAR[])[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.repost_reading IS 'Where a text differs from most copies of its document, for each text with copies enough on the pages of the night.';
