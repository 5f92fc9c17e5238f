CREATE VIEW night_account AS
SELECT as_of, account_id, platform, name, unit, url, feed_url, last_post_on, kind, level, filing_number, complaint_url
FROM (
    SELECT as_of, max_by(registry_sha256, (started_at, run_id)) AS registry_sha256
    FROM raw.run
    WHERE purpose IN (SELECT word FROM words.purpose WHERE nightly) AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    GROUP BY as_of
)
JOIN raw.account USING (registry_sha256);

COMMENT ON VIEW night_account IS 'One row per registered new-media account and inspected day: what an assessment of that day judges.';
