CREATE VIEW site AS
SELECT site_code, name, home_url, unit, region_code, level, kind, status, has_services, render, private_address
FROM raw.site SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW site IS 'One row per registered site, as the registry of the newest finished run has it (site_history has every run).';
