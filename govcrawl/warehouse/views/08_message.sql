CREATE VIEW message AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.message SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW message IS 'One row per 网民留言, as the registry of the newest finished run has it.';
COMMENT ON COLUMN message.id IS 'Number of the letter (编号), e.g. T20261101-3';
COMMENT ON COLUMN message.site_code IS 'Site it was left on';
COMMENT ON COLUMN message.received_at IS 'Instant (UTC) it was received (收到时间), null when unknown, e.g. 2026-11-01 02:00:00';
COMMENT ON COLUMN message.answered_at IS 'Instant (UTC) it was answered (答复时间), null when not answered';
COMMENT ON COLUMN message.status IS 'How far it is dealt with (办理状态), free text that decides nothing';
COMMENT ON COLUMN message.content IS 'What the reader wrote (内容)';
