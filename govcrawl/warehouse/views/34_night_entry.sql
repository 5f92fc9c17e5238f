CREATE VIEW night_entry AS
SELECT as_of, run_id, site_code, section_name, section_url, title, url, published_on, date_origin,
    coalesce(year_assumed, false) AS year_assumed, line_no
FROM (
    SELECT v.as_of, s.run_id, s.site_code, s.section_name, s.section_url, unnest(s.entries, recursive := true),
        generate_subscripts(s.entries, 1)::INTEGER AS line_no
    FROM night_visit AS v
    JOIN raw.section_visit AS s USING (run_id, site_code)
    WHERE v.kind = 'sections'
);

COMMENT ON VIEW night_entry IS 'One row per entry of one section and inspected day, as the visit that speaks for that day listed it; first_seen_on is in the view entry.';
COMMENT ON COLUMN night_entry.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_entry.run_id IS 'Sections run that listed it';
COMMENT ON COLUMN night_entry.site_code IS 'Site of the section';
COMMENT ON COLUMN night_entry.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN night_entry.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN night_entry.title IS 'Title as the list prints it';
COMMENT ON COLUMN night_entry.url IS 'Address of the entry';
COMMENT ON COLUMN night_entry.published_on IS 'Civil day seen in the list, or on its page where the list prints none; null when seen in neither';
COMMENT ON COLUMN night_entry.date_origin IS 'Where that day was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN night_entry.year_assumed IS 'Only month and day are printed, and no page has shown the year';
COMMENT ON COLUMN night_entry.line_no IS 'Its place in the list as it was read, from 1';
