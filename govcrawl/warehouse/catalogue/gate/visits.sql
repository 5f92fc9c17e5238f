-- Each nightly run that visits sites: how many it was to visit, could measure, and was turned away by.
SELECT r.run_id, r.kind, r.as_of, r.started_at,
    list(v.site_code) FILTER (v.finish_reason IN ('finished', 'budget_spent')) AS measured,
    count(*) AS due,
    count(*) FILTER (v.home_outcome = 'blocked') AS blocked
FROM raw.run AS r
JOIN raw.site_visit AS v USING (run_id)
WHERE r.purpose = 'nightly' AND r.finish_reason = 'finished' AND r.kind IN ('sections', 'site')
GROUP BY ALL
ORDER BY r.started_at, r.run_id
