CREATE VIEW site AS
SELECT site_code, name, home_url, unit, region_code, level, kind, status, has_services, render, private_address, k.read_on, k.due_on
FROM raw.site SEMI JOIN registry_in_force USING (registry_sha256)
LEFT JOIN (SELECT site_code, max(read_on) AS read_on, min(due_on) AS due_on FROM derived.known_page GROUP BY site_code) AS k USING (site_code);

COMMENT ON VIEW site IS 'One row per registered site, as the registry of the newest finished run has it (site_history has every run).';
