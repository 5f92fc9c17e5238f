-- How much of each site one visit knew, and how much of that was read.
FROM site_coverage
WHERE run_id = $run_id
