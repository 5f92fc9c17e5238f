-- Pages examined in the browser for barriers to people with disabilities.
CREATE TABLE raw.barrier_trial (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    browser_s DOUBLE NOT NULL,
    pages STRUCT(
        url VARCHAR, kind VARCHAR, outcome VARCHAR, browser_s DOUBLE, aspects VARCHAR[],
        barriers STRUCT(aspect VARCHAR, rule VARCHAR, count INTEGER, samples VARCHAR[])[],
        entry VARCHAR, entry_text VARCHAR
    )[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.barrier_trial IS 'Pages of one site examined for barriers (GB/T 37668), two seconds a night.';
