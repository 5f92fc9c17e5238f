CREATE VIEW ticket AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.ticket SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW ticket IS 'One row per 我为政府网站找错 ticket, as the registry of the newest finished run has it.';
