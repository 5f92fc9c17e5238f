CREATE VIEW message AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.message SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW message IS 'One row per 网民留言, as the registry of the newest finished run has it.';
COMMENT ON COLUMN message.id IS '编号';
COMMENT ON COLUMN message.site_code IS 'Site it was left on';
COMMENT ON COLUMN message.received_at IS '收到时间 as an instant (UTC); null when unknown';
COMMENT ON COLUMN message.answered_at IS '答复时间 as an instant (UTC); null when not answered';
COMMENT ON COLUMN message.status IS '办理状态, free text that decides nothing';
COMMENT ON COLUMN message.content IS '内容';
