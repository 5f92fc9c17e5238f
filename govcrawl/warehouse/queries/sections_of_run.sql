-- The sections as the registry of one run has them.
SELECT *
FROM section_history
WHERE run_id = $run_id
ORDER BY site_code, name, url
