CREATE VIEW site_coverage AS
-- Visits and their pages one under the other, not joined: so a question about one visit reads that visit's pages alone.
SELECT run_id, site_code,
    (sum(known) + coalesce(sum(left_out), 0))::INTEGER AS known,
    sum(read_within_30)::INTEGER AS read_within_30,
    sum(asked)::INTEGER AS asked,
    sum(same)::INTEGER AS same,
    sum(standing)::INTEGER AS standing,
    min(opened_on) AS oldest_on,
    max(opened_on) AS newest_on
FROM (
    SELECT v.run_id, v.site_code, 0 AS known, (SELECT sum(v.not_visited[word]) FROM words.left_out WHERE budgets) AS left_out,
        0 AS read_within_30, 0 AS asked, 0 AS same, 0 AS standing, NULL::DATE AS opened_on, true AS visited
    FROM raw.site_visit AS v
    JOIN raw.run AS r USING (run_id)
    WHERE r.kind IN (SELECT word FROM words.run_kind WHERE reads_pages)
    UNION ALL
    SELECT p.run_id, p.site_code, 1, NULL,
        (p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.fetched_at + INTERVAL 8 HOUR >= r.as_of - 30)::INTEGER,
        (NOT p.standing)::INTEGER,
        (p.same_as_run IS NOT NULL AND NOT p.standing)::INTEGER,
        p.standing::INTEGER,
        CASE WHEN p.outcome IN (SELECT word FROM words.outcome WHERE ok) THEN (p.fetched_at + INTERVAL 8 HOUR)::DATE END,
        false
    FROM derived.visited_page AS p
    JOIN raw.run AS r USING (run_id)
    WHERE p.outcome NOT IN (SELECT word FROM words.outcome WHERE not_found OR gone OR robots_denied OR not_attempted)
)
GROUP BY run_id, site_code
HAVING bool_or(visited);

COMMENT ON VIEW site_coverage IS 'One row per site and visit: how much of what is known of it was read, and when.';
