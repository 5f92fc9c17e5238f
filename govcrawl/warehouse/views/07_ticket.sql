CREATE VIEW ticket AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.ticket SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW ticket IS 'One row per 我为政府网站找错 ticket, as the registry of the newest finished run has it.';
COMMENT ON COLUMN ticket.id IS 'Number of the letter (编号), e.g. T20261101-3';
COMMENT ON COLUMN ticket.site_code IS 'Site it is about';
COMMENT ON COLUMN ticket.received_at IS 'Instant (UTC) it was received (收到时间), null when unknown, e.g. 2026-11-01 02:00:00';
COMMENT ON COLUMN ticket.answered_at IS 'Instant (UTC) it was answered (答复时间), null when not answered';
COMMENT ON COLUMN ticket.status IS 'How far it is dealt with (办理状态), free text that decides nothing';
COMMENT ON COLUMN ticket.content IS 'What the reader wrote (内容)';
