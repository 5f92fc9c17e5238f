-- Of each site visited on $as_of: how many pages are known, and how many of these were read within 30 days; the days of the oldest and
-- the newest reading that stand; how many pages are due at the next night, how many later, and on which day the last of them. The last
-- three speak of what is known now, so of the newest night; null for a site no visit has planned yet.
SELECT v.site_code, c.known AS known_pages, c.read_within_30 AS pages_read, c.oldest_on, c.newest_on, k.due_next, k.due_later, k.last_due_on
FROM night_visit AS v
JOIN night.coverage AS c USING (run_id, site_code)
LEFT JOIN (
    SELECT site_code,
        count(*) FILTER (WHERE due_on <= $as_of::DATE + 1) AS due_next,
        count(*) FILTER (WHERE due_on > $as_of::DATE + 1) AS due_later,
        max(due_on) AS last_due_on
    FROM derived.known_page
    GROUP BY site_code
) AS k USING (site_code)
WHERE v.as_of = $as_of AND v.of_pages
ORDER BY v.site_code
