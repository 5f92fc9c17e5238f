CREATE VIEW section_history AS
SELECT run_id, as_of, site_code, name, url, class, rank, update_days, entry_selector
FROM raw.run JOIN raw.section USING (registry_sha256);

COMMENT ON VIEW section_history IS 'One row per registered section and run: the registry as that run saw it.';
