-- Which sites one visit could measure: it reached them and read on to the end or to the budget.
SELECT site_code
FROM site_visit
WHERE run_id = $run_id AND finish_reason IN (SELECT word FROM words.finish_reason WHERE reached)
ORDER BY site_code
