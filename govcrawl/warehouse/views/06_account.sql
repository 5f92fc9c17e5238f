CREATE VIEW account AS
SELECT account_id, platform, name, unit, url, feed_url, last_post_on
FROM raw.account SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW account IS 'One row per registered new-media account, as the registry of the newest finished run has it.';
COMMENT ON COLUMN account.account_id IS 'Identifier of the account (账号标识), e.g. wx-1';
COMMENT ON COLUMN account.platform IS 'Platform it lives on (平台), e.g. 微信';
COMMENT ON COLUMN account.name IS 'Name of the account (账号名称), e.g. 岚川发布';
COMMENT ON COLUMN account.unit IS 'Unit that answers for it (主办单位)';
COMMENT ON COLUMN account.url IS 'Address of the account (账号网址)';
COMMENT ON COLUMN account.feed_url IS 'Address its posts can be read from (订阅地址)';
COMMENT ON COLUMN account.last_post_on IS 'Civil day of the last post as the registry states it (最近更新日期), e.g. 2026-11-01';
