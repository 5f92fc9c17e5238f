-- Rows of the large tables a nightly run, and how many sites were registered when it ran.
WITH counted AS (
    SELECT run_id, 'page' AS name, count(*) AS rows FROM raw.page GROUP BY ALL
    UNION ALL
    SELECT run_id, 'section_visit', count(*) FROM raw.section_visit GROUP BY ALL
    UNION ALL
    SELECT run_id, 'link', count(*) FROM derived.link GROUP BY ALL
    UNION ALL
    SELECT run_id, 'link_check', count(*) FROM raw.link_check GROUP BY ALL
    UNION ALL
    SELECT run_id, 'host_check', count(*) FROM raw.host_check GROUP BY ALL
), registered AS (
    SELECT registry_sha256, count(*) AS sites FROM raw.site WHERE status <> '关停' GROUP BY ALL
)
SELECT r.run_id, r.kind, r.started_at, c.name, c.rows, s.sites
FROM counted AS c
JOIN raw.run AS r USING (run_id)
JOIN registered AS s USING (registry_sha256)
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND s.sites > 0
ORDER BY r.started_at, r.run_id, c.name
