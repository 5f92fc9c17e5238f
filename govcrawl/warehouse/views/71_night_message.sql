CREATE VIEW night_message AS
SELECT as_of, id, site_code, received_at, answered_at, run_id
FROM derived.night_registry
JOIN raw.message USING (registry_sha256)
SEMI JOIN night_site USING (as_of, site_code);

COMMENT ON VIEW night_message IS 'One row per imported 网民留言 of a running site and inspected day, as the registry of that day has it.';
