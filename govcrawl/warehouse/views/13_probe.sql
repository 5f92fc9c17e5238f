CREATE VIEW probe AS
SELECT run_id, site_code, probed_at, outcome, status, elapsed_s, purpose, url, final_url, v.reason AS voided
FROM raw.probe
LEFT JOIN derived.voided_run AS v USING (run_id);

COMMENT ON VIEW probe IS 'One row per attempt on one home page.';
COMMENT ON COLUMN probe.run_id IS 'Run that made the attempt, e.g. 20261122T020000Z-availability';
COMMENT ON COLUMN probe.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN probe.probed_at IS 'Instant (UTC): stamp of the round, else when the attempt began';
COMMENT ON COLUMN probe.outcome IS 'Outcome word of the attempt, e.g. ok or timeout';
COMMENT ON COLUMN probe.status IS 'HTTP status, null when no answer came, e.g. 200';
COMMENT ON COLUMN probe.elapsed_s IS 'Seconds to a usable page or to giving up, redirects included, e.g. 0.41';
COMMENT ON COLUMN probe.purpose IS 'round (counts towards the week) or nightly (does not)';
COMMENT ON COLUMN probe.url IS 'Home page as the registry gives it, e.g. http://www.example.gov.cn/';
COMMENT ON COLUMN probe.final_url IS 'Address the answer came from after redirects';
COMMENT ON COLUMN probe.voided IS 'Why the attempt says nothing of the site, for we were the ones offline: unknown_names_resolve, canaries_silent, clock_wrong or nearly_all_failed; null for an attempt that counts';
