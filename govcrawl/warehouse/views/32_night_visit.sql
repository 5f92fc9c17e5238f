CREATE VIEW night_visit AS
SELECT r.as_of, r.kind, v.site_code, v.run_id, v.home_outcome, v.robots, v.finish_reason,
    v.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND cardinality(v.not_visited) = 0 AS complete
FROM raw.site_visit AS v
JOIN raw.run AS r USING (run_id)
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
QUALIFY row_number() OVER (PARTITION BY r.as_of, r.kind, v.site_code ORDER BY r.started_at DESC, v.run_id DESC) = 1;

COMMENT ON VIEW night_visit IS 'One row per site, inspected day and kind of run (sections, site): the newest finished visit, the one that speaks for that day.';
COMMENT ON COLUMN night_visit.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_visit.kind IS 'Spider that made the visit: sections or site';
COMMENT ON COLUMN night_visit.site_code IS 'Site by its 网站标识码, e.g. 6500000001';
COMMENT ON COLUMN night_visit.run_id IS 'Run the visit belongs to, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN night_visit.home_outcome IS 'Outcome word of the home page';
COMMENT ON COLUMN night_visit.robots IS 'What robots.txt said: allowed, absent, unreachable or not_text';
COMMENT ON COLUMN night_visit.finish_reason IS 'finished, budget_spent, home_unreachable or crashed';
COMMENT ON COLUMN night_visit.complete IS 'Nothing in scope was left out for whatever reason: only then is what was not met not there';
