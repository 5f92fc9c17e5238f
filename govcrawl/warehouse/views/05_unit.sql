CREATE VIEW unit AS
SELECT unit, parent, region_code, contact, phone, vertical, aliases, mail, place, nature
FROM raw.unit SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW unit IS 'One row per registered unit, as the registry of the newest finished run has it.';
