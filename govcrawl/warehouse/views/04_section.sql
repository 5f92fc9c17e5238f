CREATE VIEW section AS
SELECT site_code, name, nullif(url, '') AS url, class, rank, update_days, entry_selector, required, min_entries, unit
FROM raw.section SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW section IS 'One row per registered section, as the registry of the newest finished run has it (section_history has every run).';
