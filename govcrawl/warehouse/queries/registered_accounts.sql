-- Every new-media account of the registry of $assessment_id.
SELECT a.account_id, a.platform, a.name, a.unit, a.url, a.feed_url, a.last_post_on
FROM derived.assessed_registry
JOIN raw.account AS a USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY a.account_id
