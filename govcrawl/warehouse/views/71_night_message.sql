CREATE VIEW night_message AS
SELECT as_of, id, site_code, received_at, answered_at, run_id
FROM derived.night_registry
JOIN raw.message USING (registry_sha256)
SEMI JOIN night_site USING (as_of, site_code);

COMMENT ON VIEW night_message IS 'One row per imported 网民留言 of a running site and inspected day, as the registry of that day has it.';
COMMENT ON COLUMN night_message.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_message.id IS 'Number of the letter (编号), e.g. T20261101-3';
COMMENT ON COLUMN night_message.site_code IS 'Site it was left on';
COMMENT ON COLUMN night_message.received_at IS 'Instant (UTC) it was received (收到时间), null when unknown, e.g. 2026-11-01 02:00:00';
COMMENT ON COLUMN night_message.answered_at IS 'Instant (UTC) it was answered (答复时间), null when not answered';
COMMENT ON COLUMN night_message.run_id IS 'The run that brought the registry';
