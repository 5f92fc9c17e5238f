CREATE VIEW probe AS
SELECT run_id, site_code, probed_at, outcome, status, elapsed_s, purpose, url, final_url, v.reason AS voided
FROM raw.probe
LEFT JOIN derived.voided_run AS v USING (run_id);

COMMENT ON VIEW probe IS 'One row per attempt on one home page.';
