-- The texts of pages, each once by its hash, and what is wrong in them.
CREATE TABLE raw.page_text (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    published_on DATE
);
COMMENT ON TABLE raw.page_text IS 'The main text of pages, as the run that met it first has kept it.';

CREATE TABLE raw.text_reading (
    run_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    read_by VARCHAR NOT NULL,
    characters INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    marks STRUCT(check_id VARCHAR, way VARCHAR, observed VARCHAR, expected VARCHAR, excerpt VARCHAR, "offset" INTEGER, "count" INTEGER, reason VARCHAR, certain BOOLEAN, seen_at VARCHAR[])[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.text_reading IS 'What a texts run found in one text; of several readings of a text the newest holds.';
