CREATE VIEW night_visit AS
SELECT r.as_of, r.kind, v.site_code, v.run_id, v.home_outcome, v.robots, v.finish_reason,
    v.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND cardinality(v.not_visited) = 0 AS complete
FROM raw.site_visit AS v
JOIN raw.run AS r USING (run_id)
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
QUALIFY row_number() OVER (PARTITION BY r.as_of, r.kind, v.site_code ORDER BY r.started_at DESC, v.run_id DESC) = 1;

COMMENT ON VIEW night_visit IS 'One row per site, inspected day and kind of run (sections, site): the newest finished visit, the one that speaks for that day.';
