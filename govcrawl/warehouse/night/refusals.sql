-- The pages and link targets that turned away one visit, or the check of its links.
SELECT run_id, site_code, url, outcome
FROM derived.visited_page
WHERE run_id = $run_id AND outcome IN (SELECT word FROM words.outcome WHERE refusals)
UNION
SELECT l.run_id, l.site_code, l.target_url, c.outcome
FROM derived.link AS l
JOIN derived.checking_run AS checked USING (run_id)
JOIN raw.link_check AS c ON c.run_id = checked.links_run_id AND c.target_url = l.target_url
WHERE l.run_id = $run_id AND l.wrong IS NULL AND c.outcome IN (SELECT word FROM words.outcome WHERE refusals)
