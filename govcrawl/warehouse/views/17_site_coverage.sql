CREATE VIEW site_coverage AS
SELECT v.run_id, v.site_code,
    -- By a list of words, for a subquery about v would read the pages of all runs.
    (coalesce(p.known, 0) + coalesce(list_sum(list_transform(
        (SELECT list(word) FROM words.left_out WHERE budgets), lambda word: v.not_visited[word]
    )), 0))::INTEGER AS known,
    coalesce(p.read_within_30, 0)::INTEGER AS read_within_30,
    coalesce(p.asked, 0)::INTEGER AS asked,
    coalesce(p.same, 0)::INTEGER AS same,
    coalesce(p.standing, 0)::INTEGER AS standing,
    p.oldest_on,
    p.newest_on
FROM raw.site_visit AS v
JOIN raw.run AS r USING (run_id)
LEFT JOIN (
    SELECT p.run_id, p.site_code,
        count(*) AS known,
        count(*) FILTER (WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.fetched_at + INTERVAL 8 HOUR >= r.as_of - 30) AS read_within_30,
        count(*) FILTER (WHERE NOT p.standing) AS asked,
        count(*) FILTER (WHERE p.same_as_run IS NOT NULL AND NOT p.standing) AS same,
        count(*) FILTER (WHERE p.standing) AS standing,
        min((p.fetched_at + INTERVAL 8 HOUR)::DATE) FILTER (WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok)) AS oldest_on,
        max((p.fetched_at + INTERVAL 8 HOUR)::DATE) FILTER (WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok)) AS newest_on
    FROM derived.visited_page AS p
    JOIN raw.run AS r USING (run_id)
    WHERE p.outcome NOT IN (SELECT word FROM words.outcome WHERE not_found OR gone OR robots_denied OR not_attempted)
    GROUP BY p.run_id, p.site_code
) AS p USING (run_id, site_code)
WHERE r.kind IN (SELECT word FROM words.run_kind WHERE reads_pages);

COMMENT ON VIEW site_coverage IS 'One row per site and visit: how much of what is known of it was read, and when.';
