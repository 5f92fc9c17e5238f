CREATE VIEW section_day AS
SELECT site_code, section_name, section_url, published_on, entries
FROM derived.section_day;

COMMENT ON VIEW section_day IS 'One row per section and civil day on which it published something, over all runs.';
COMMENT ON COLUMN section_day.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN section_day.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN section_day.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_day.published_on IS 'Civil day the entries carry in the list or on their pages; never later than the run that saw them';
COMMENT ON COLUMN section_day.entries IS 'Entries of that day in the run that saw most of them';
