CREATE VIEW night_account AS
SELECT as_of, account_id, platform, name, unit, url, feed_url, last_post_on
FROM (
    SELECT as_of, max_by(registry_sha256, (started_at, run_id)) AS registry_sha256
    FROM raw.run
    WHERE purpose IN (SELECT word FROM words.purpose WHERE nightly) AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    GROUP BY as_of
)
JOIN raw.account USING (registry_sha256);

COMMENT ON VIEW night_account IS 'One row per registered new-media account and inspected day: what an assessment of that day judges.';
COMMENT ON COLUMN night_account.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_account.account_id IS '账号标识, e.g. wx-1';
COMMENT ON COLUMN night_account.platform IS '平台, e.g. 微信';
COMMENT ON COLUMN night_account.name IS '账号名称';
COMMENT ON COLUMN night_account.unit IS '主办单位';
COMMENT ON COLUMN night_account.url IS '账号网址';
COMMENT ON COLUMN night_account.feed_url IS '订阅地址';
COMMENT ON COLUMN night_account.last_post_on IS '最近更新日期 as the registry states it';
