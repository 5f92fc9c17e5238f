-- What each section shows of updates in one sections run.
SELECT *
FROM section_activity
WHERE run_id = $run_id
ORDER BY site_code, section_name, section_url
