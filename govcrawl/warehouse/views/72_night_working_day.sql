CREATE VIEW night_working_day AS
SELECT as_of, day, working
FROM derived.night_registry
JOIN raw.working_day USING (registry_sha256);

COMMENT ON VIEW night_working_day IS 'One row per day the registry of an inspected day calls a working day or a day off, against the built-in calendar.';
COMMENT ON COLUMN night_working_day.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_working_day.day IS 'The civil day (日期), e.g. 2027-02-06';
COMMENT ON COLUMN night_working_day.working IS 'Offices work on it (是否工作日)';
