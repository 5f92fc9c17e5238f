CREATE VIEW home_activity AS
SELECT home.run_id, home.site_code, home.url AS home_url, home.outcome, home.status, home.navigation_only,
    count(e.url)::INTEGER AS entries,
    count(*) FILTER (WHERE e.url IS NOT NULL AND e.published_on IS NULL)::INTEGER AS undated,
    count(*) FILTER (WHERE e.published_on > r.as_of)::INTEGER AS future,
    max(e.published_on) FILTER (WHERE e.published_on <= r.as_of) AS last_entry_on
FROM derived.visited_page AS home
JOIN raw.run AS r ON r.run_id = home.run_id AND r.kind IN (SELECT word FROM words.run_kind WHERE reads_pages)
LEFT JOIN home_entry AS e ON e.run_id = home.run_id AND e.site_code = home.site_code
WHERE home.depth = 0
GROUP BY ALL;

COMMENT ON VIEW home_activity IS 'One row per site and visit: what its home page shows of updates.';
