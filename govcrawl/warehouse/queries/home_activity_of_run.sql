-- What each home page shows of updates in one site run.
SELECT *
FROM home_activity
WHERE run_id = $run_id
ORDER BY site_code
