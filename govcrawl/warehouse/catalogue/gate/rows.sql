-- Rows of the large tables a nightly run, and how many sites that run, or the one it goes on from, visited.
WITH counted AS (
    SELECT run_id, 'page' AS name, count(*) AS rows FROM raw.page GROUP BY ALL
    UNION ALL
    SELECT run_id, 'section_visit', count(*) FROM raw.section_visit GROUP BY ALL
    UNION ALL
    SELECT run_id, 'link', sum(links)::BIGINT FROM derived.turn GROUP BY ALL HAVING sum(links) > 0
    UNION ALL
    SELECT run_id, 'link_check', count(*) FROM raw.link_check GROUP BY ALL
), visited AS (
    SELECT run_id, count(*) AS sites FROM raw.site_visit GROUP BY ALL
)
SELECT r.run_id, r.kind, r.started_at, c.name, c.rows, v.sites
FROM counted AS c
JOIN raw.run AS r USING (run_id)
JOIN visited AS v ON v.run_id = coalesce(r.of_run, r.run_id)
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
ORDER BY r.started_at, r.run_id, c.name
