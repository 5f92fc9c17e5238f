CREATE VIEW account AS
SELECT account_id, platform, name, unit, url, feed_url, last_post_on, kind, level, filing_number, complaint_url
FROM raw.account SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW account IS 'One row per registered new-media account, as the registry of the newest finished run has it.';
