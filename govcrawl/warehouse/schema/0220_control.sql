-- What the checks found on our own pages, which a night serves to itself. Nothing else of them is in the warehouse.
CREATE TABLE raw.control_result (
    run_id VARCHAR NOT NULL,
    pages VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    expected INTEGER NOT NULL,
    found INTEGER
);
COMMENT ON TABLE raw.control_result IS 'One check on one of our own two sites in one night.';
