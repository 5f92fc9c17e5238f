CREATE VIEW night_site AS
SELECT as_of, site_code, name, home_url, unit, region_code, level, kind, status, has_services
FROM derived.night_registry
JOIN raw.site USING (registry_sha256)
WHERE status <> '关停';

COMMENT ON VIEW night_site IS 'One row per running site and inspected day: what an assessment of that day judges. Closed sites (关停) are left out, 例外 stay in.';
