-- Every page one run requested.
SELECT *
FROM page
WHERE run_id = $run_id
ORDER BY site_code, url
