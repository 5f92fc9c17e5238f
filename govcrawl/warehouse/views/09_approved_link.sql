CREATE VIEW approved_link AS
SELECT domain, site_code, approved_by, approved_on
FROM raw.approved_link SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW approved_link IS 'One row per approved external domain, as the registry of the newest finished run has it.';
