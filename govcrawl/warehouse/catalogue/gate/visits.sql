-- Each nightly run that visits sites: how many it was to visit, could measure, and was turned away by.
SELECT r.run_id, r.kind, r.as_of, r.started_at,
    list(v.site_code) FILTER (v.finish_reason IN (SELECT word FROM words.finish_reason WHERE reached)) AS measured,
    list(v.site_code) AS visited,
    count(*) AS due,
    count(*) FILTER (v.home_outcome IN (SELECT word FROM words.outcome WHERE blocked)) AS blocked
FROM raw.run AS r
JOIN raw.site_visit AS v USING (run_id)
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND r.kind IN (SELECT word FROM words.run_kind WHERE visits)
GROUP BY ALL
ORDER BY r.started_at, r.run_id
