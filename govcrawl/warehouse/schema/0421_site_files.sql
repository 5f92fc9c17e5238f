-- Files in which a site speaks to search engines, from night to night.
CREATE TABLE raw.site_file (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    sha256 VARCHAR,
    lines VARCHAR[] NOT NULL DEFAULT [],
    addresses INTEGER NOT NULL DEFAULT 0,
    strangers VARCHAR[] NOT NULL DEFAULT [],
    words VARCHAR[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.site_file IS 'A file in which a site speaks to search engines, as it was one night.';
