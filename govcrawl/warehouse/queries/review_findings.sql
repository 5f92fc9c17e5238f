-- The findings of one assessment as people review them, each with the newest
-- decision about it, whether it still holds or not.
SELECT f.finding_key, f.site_code, coalesce(s.name, n.name) AS site_name, coalesce(s.unit, n.unit) AS unit, n.platform, n.url AS account_url, f.indicator_id, f.check_id, f.state, f.subject_url,
    f.origin_url, f.observed, f.expected, f.evidence, f.evidence ->> '$.body_sha256' AS body_sha256, f.evidence ->> '$.doubt' AS doubt,
    d.decision, d.decided_by, d.decided_at, d.until_on
FROM finding AS f
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = f.site_code
LEFT JOIN raw.account AS n ON n.registry_sha256 = registry.registry_sha256 AND f.site_code IS NULL AND f.subject_url = 'account:' || n.account_id
LEFT JOIN decision AS d ON d.finding_key = f.finding_key AND d.newest
WHERE f.assessment_id = $assessment_id
ORDER BY coalesce(s.unit, n.unit), f.site_code, f.indicator_id, f.check_id, f.subject_url, f.finding_key
