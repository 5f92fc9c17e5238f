CREATE VIEW night_section AS
SELECT as_of, site_code, name AS section_name, url AS section_url, class, rank, update_days
FROM derived.night_registry
JOIN raw.section USING (registry_sha256)
SEMI JOIN night_site USING (as_of, site_code)
WHERE url <> '';

COMMENT ON VIEW night_section IS 'One row per registered section with an address, of a running site, and inspected day: what an assessment of that day judges.';
