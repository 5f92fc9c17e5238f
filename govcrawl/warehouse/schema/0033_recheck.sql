-- What re-checks found out about open faults; nothing else of them is in the warehouse.
CREATE TABLE raw.recheck_result (
    run_id VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    check_id VARCHAR NOT NULL,
    subject_url VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    observed VARCHAR,
    checked_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE raw.recheck_result IS 'One open fault in one re-check.';
COMMENT ON COLUMN raw.recheck_result.run_id IS 'Re-check, e.g. 20261124T020000Z-recheck';
COMMENT ON COLUMN raw.recheck_result.finding_key IS 'Fault that was visited';
COMMENT ON COLUMN raw.recheck_result.site_code IS 'Site it belongs to';
COMMENT ON COLUMN raw.recheck_result.check_id IS 'Check that found it, and judged again';
COMMENT ON COLUMN raw.recheck_result.subject_url IS 'What is at fault';
COMMENT ON COLUMN raw.recheck_result.result IS 'mended (read again, and the check no longer finds it), still, or unmeasured';
COMMENT ON COLUMN raw.recheck_result.observed IS 'What was seen where it is still there';
COMMENT ON COLUMN raw.recheck_result.checked_at IS 'Instant (UTC) it was judged';
