CREATE VIEW site_history AS
SELECT run_id, as_of, site_code, name, home_url, unit, region_code, level, s.kind, status, has_services, render
FROM raw.run JOIN raw.site AS s USING (registry_sha256);

COMMENT ON VIEW site_history IS 'One row per registered site and run: the registry as that run saw it, the denominator of every rate.';
