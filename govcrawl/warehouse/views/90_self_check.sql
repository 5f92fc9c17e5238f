CREATE VIEW self_check AS
SELECT site_code, indicator_id, verdict, score, checked_on, checked_by, remark
FROM raw.self_check SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW self_check IS 'One row per site, indicator and day of what a unit says of its own site (自查), as the registry of the newest finished run has it.';
