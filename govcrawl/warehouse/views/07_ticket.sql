CREATE VIEW ticket AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.ticket SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW ticket IS 'One row per 我为政府网站找错 ticket, as the registry of the newest finished run has it.';
COMMENT ON COLUMN ticket.id IS '编号';
COMMENT ON COLUMN ticket.site_code IS 'Site it is about';
COMMENT ON COLUMN ticket.received_at IS '收到时间 as an instant (UTC); null when unknown';
COMMENT ON COLUMN ticket.answered_at IS '答复时间 as an instant (UTC); null when not answered';
COMMENT ON COLUMN ticket.status IS '办理状态, free text that decides nothing';
COMMENT ON COLUMN ticket.content IS '内容';
