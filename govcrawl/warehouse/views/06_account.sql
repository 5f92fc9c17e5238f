CREATE VIEW account AS
SELECT account_id, platform, name, unit, url, feed_url, last_post_on
FROM raw.account SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW account IS 'One row per registered new-media account, as the registry of the newest finished run has it.';
COMMENT ON COLUMN account.account_id IS '账号标识';
COMMENT ON COLUMN account.platform IS '平台, e.g. 微信';
COMMENT ON COLUMN account.name IS '账号名称';
COMMENT ON COLUMN account.unit IS '主办单位';
COMMENT ON COLUMN account.url IS '账号网址';
COMMENT ON COLUMN account.feed_url IS '订阅地址';
COMMENT ON COLUMN account.last_post_on IS '最近更新日期 as the registry states it';
