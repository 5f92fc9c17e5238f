-- Every link target of one site run with the last word on it.
SELECT *
FROM link
WHERE run_id = $run_id
ORDER BY site_code, target_url
