-- The new-media accounts an assessment of $as_of judges.
SELECT account_id, platform, name, unit, url, feed_url, last_post_on, kind, level, filing_number, complaint_url
FROM night_account
WHERE as_of = $as_of
ORDER BY account_id
