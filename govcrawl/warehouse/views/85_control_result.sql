CREATE VIEW control_result AS
SELECT c.run_id, r.as_of, c.pages, c.check_id, c.expected, c.found
FROM raw.control_result AS c
JOIN raw.run AS r USING (run_id);

COMMENT ON VIEW control_result IS 'One row per night, own site and check: what was found on the pages the night serves to itself, beside what must be found.';
