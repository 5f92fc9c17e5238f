-- The sites as the registry of one run has them: the denominator of that run.
SELECT *
FROM site_history
WHERE run_id = $run_id
ORDER BY site_code
