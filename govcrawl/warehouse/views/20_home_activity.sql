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

COMMENT ON VIEW home_activity IS 'One row per site and site run: what its home page shows of updates.';
COMMENT ON COLUMN home_activity.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN home_activity.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN home_activity.home_url IS 'Home page as it was requested';
COMMENT ON COLUMN home_activity.outcome IS 'Outcome word of the home page';
COMMENT ON COLUMN home_activity.status IS 'HTTP status of the home page';
COMMENT ON COLUMN home_activity.navigation_only IS 'A home page that is nothing but an entrance';
COMMENT ON COLUMN home_activity.entries IS 'Entries shown';
COMMENT ON COLUMN home_activity.undated IS 'Entries whose day is seen neither on the home page nor on their page';
COMMENT ON COLUMN home_activity.future IS 'Entries dated after the as_of of the run';
COMMENT ON COLUMN home_activity.last_entry_on IS 'Civil day of the newest entry, days after as_of left out; null when no entry has one';
