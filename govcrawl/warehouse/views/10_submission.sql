CREATE VIEW submission AS
SELECT unit, month, submitted
FROM raw.submission SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW submission IS 'One row per unit and month of submitted articles, as the registry of the newest finished run has it.';
