-- The link targets of one visit, with the last word on each: what questions ask of them.
SELECT * EXCLUDE (first_origins, redirects, host, domain)
FROM link
WHERE run_id = $run_id
