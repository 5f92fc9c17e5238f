-- How many pages of each site one visit asked for, by what they answered.
SELECT run_id, site_code, outcome, count(*) AS pages
FROM derived.visited_page
WHERE run_id = $run_id AND NOT standing
GROUP BY run_id, site_code, outcome
