CREATE VIEW message AS
SELECT id, site_code, received_at, answered_at, status, content
FROM raw.message SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW message IS 'One row per 网民留言, as the registry of the newest finished run has it.';
