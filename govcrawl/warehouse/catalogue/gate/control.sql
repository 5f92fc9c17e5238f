-- Where something else was found on our own pages than must be.
SELECT run_id, pages, check_id, expected, found
FROM raw.control_result
WHERE found IS DISTINCT FROM expected
ORDER BY ALL
