CREATE VIEW recheck_result AS
SELECT run_id, finding_key, site_code, check_id, subject_url, result, page_gone, observed, checked_at, r.as_of AS checked_on
FROM raw.recheck_result
JOIN raw.run AS r USING (run_id);

COMMENT ON VIEW recheck_result IS 'One row per open fault and re-check (govcrawl recheck). The view ledger follows it: what was mended is fixed.';
