-- The attachments of sites as links runs have fetched them; their texts are among the texts of pages.
CREATE TABLE raw.attachment_reading (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    target_url VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL,
    problem VARCHAR,
    pictured INTEGER NOT NULL DEFAULT 0,
    size_bytes BIGINT,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    text_sha256 VARCHAR
);
COMMENT ON TABLE raw.attachment_reading IS 'An attachment as a links run has fetched it; one that is the same as before has no row.';
