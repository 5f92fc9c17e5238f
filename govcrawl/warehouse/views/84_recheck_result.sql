CREATE VIEW recheck_result AS
SELECT run_id, finding_key, site_code, check_id, subject_url, result, observed, checked_at, r.as_of AS checked_on
FROM raw.recheck_result
JOIN raw.run AS r USING (run_id);

COMMENT ON VIEW recheck_result IS 'One row per open fault and re-check (govcrawl recheck). The view ledger follows it: what was mended is fixed.';
COMMENT ON COLUMN recheck_result.run_id IS 'Re-check, e.g. 20261124T020000Z-recheck';
COMMENT ON COLUMN recheck_result.finding_key IS 'Fault that was visited';
COMMENT ON COLUMN recheck_result.site_code IS 'Site it belongs to';
COMMENT ON COLUMN recheck_result.check_id IS 'Check that found it, and judged again';
COMMENT ON COLUMN recheck_result.subject_url IS 'What is at fault';
COMMENT ON COLUMN recheck_result.result IS 'mended (read again, and the check no longer finds it), still, or unmeasured';
COMMENT ON COLUMN recheck_result.observed IS 'What was seen where it is still there';
COMMENT ON COLUMN recheck_result.checked_at IS 'Instant (UTC) it was judged';
COMMENT ON COLUMN recheck_result.checked_on IS 'Civil day the re-check stands for';
