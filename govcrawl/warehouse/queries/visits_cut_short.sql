-- Visits of $as_of that did not come to their end, or left pages unvisited: why, and what they cost.
SELECT v.site_code, r.kind, v.home_outcome, v.robots, v.finish_reason, s.requests, s.pages, s.size_bytes, s.not_visited
FROM (SELECT DISTINCT * EXCLUDE (kind) FROM night_visit WHERE as_of = $as_of) AS v
JOIN site_visit AS s USING (run_id, site_code)
JOIN run AS r USING (run_id)
WHERE v.finish_reason NOT IN (SELECT word FROM words.finish_reason WHERE finished) OR cardinality(s.not_visited) > 0
ORDER BY v.site_code, r.kind
