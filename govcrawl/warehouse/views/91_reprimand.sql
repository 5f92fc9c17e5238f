CREATE VIEW reprimand AS
SELECT unit, given_on, way, persons, remark
FROM raw.reprimand SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW reprimand IS 'One row per unit, day and way in which its people were called to account (问责), as the registry of the newest finished run has it.';
