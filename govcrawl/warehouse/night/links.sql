-- The link targets of one visit, with the last word on each.
FROM link
WHERE run_id = $run_id
