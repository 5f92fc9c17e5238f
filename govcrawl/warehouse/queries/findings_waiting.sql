-- Which findings of an assessment wait for a person to confirm them, and whose are they by its registry?
-- $assessment_id: the assessment. site_code is null for an account.
SELECT f.site_code, f.indicator_id, f.check_id, coalesce(site.name, account.name, f.site_code, f.subject_url) AS name,
    coalesce(site.unit, account.unit, '(未登记主办单位)') AS unit, count(*)::INTEGER AS findings
FROM finding AS f
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site ON site.registry_sha256 = registry.registry_sha256 AND site.site_code = f.site_code
LEFT JOIN raw.account
    ON account.registry_sha256 = registry.registry_sha256 AND f.site_code IS NULL
    AND f.subject_url = 'account:' || account.account_id
WHERE f.assessment_id = $assessment_id AND f.state IN (SELECT word FROM words.finding_state WHERE awaiting)
GROUP BY ALL
ORDER BY f.site_code, f.indicator_id, f.check_id
