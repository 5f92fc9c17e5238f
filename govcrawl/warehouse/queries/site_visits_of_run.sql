-- How far the visit of each site came in one run.
SELECT *
FROM site_visit
WHERE run_id = $run_id
ORDER BY site_code
