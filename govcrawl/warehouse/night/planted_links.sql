-- The links of planted blocks that one visit met.
FROM planted_link
WHERE run_id = $run_id
