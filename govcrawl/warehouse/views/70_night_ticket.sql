CREATE VIEW night_ticket AS
SELECT as_of, id, site_code, received_at, answered_at, run_id
FROM derived.night_registry
JOIN raw.ticket USING (registry_sha256)
SEMI JOIN night_site USING (as_of, site_code);

COMMENT ON VIEW night_ticket IS 'One row per 我为政府网站找错 ticket of a running site and inspected day, as the registry of that day has it.';
