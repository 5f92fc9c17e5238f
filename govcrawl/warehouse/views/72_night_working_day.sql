CREATE VIEW night_working_day AS
SELECT as_of, day, working
FROM derived.night_registry
JOIN raw.working_day USING (registry_sha256);

COMMENT ON VIEW night_working_day IS 'One row per day the registry of an inspected day calls a working day or a day off, against the built-in calendar.';
