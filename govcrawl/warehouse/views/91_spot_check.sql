CREATE VIEW spot_check AS
SELECT site_code, indicator_id, verdict, score, checked_on, checked_by, remark
FROM raw.spot_check SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW spot_check IS 'One row per site, indicator and day of what an inspector found by hand on a site (抽查), as the registry of the newest finished run has it.';
