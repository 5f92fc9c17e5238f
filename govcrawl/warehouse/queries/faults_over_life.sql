-- Every fault known by an assessment over its life: whose it is by the registry of that day, what was last seen of it, how it stands.
-- $assessment_id: the assessment. whose: site or account.
WITH of_edition AS (
    SELECT a.assessment_id, a.as_of
    FROM assessment AS a
    JOIN assessment AS this ON this.assessment_id = $assessment_id AND this.edition = a.edition AND a.as_of <= this.as_of
),
last_seen AS (
    SELECT f.finding_key, arg_max(f.observed, e.as_of) AS observed, arg_max(f.origin_url, e.as_of) AS origin_url
    FROM finding AS f
    JOIN of_edition AS e USING (assessment_id)
    GROUP BY f.finding_key
)
SELECT l.finding_key, l.site_code, account.account_id, l.check_id, l.subject_url, seen.origin_url, seen.observed, l.state, l.first_seen_on,
    l.last_seen_on, l.fixed_on, l.page_gone, l.notified_in, l.due_on,
    CASE WHEN l.site_code IS NULL THEN 'account' ELSE 'site' END AS whose,
    coalesce(site.name, account.name, l.site_code, '政务新媒体账号') AS name,
    coalesce(site.unit, account.unit, '(未登记主办单位)') AS unit, account.platform, account.url AS account_url
FROM raw.ledger AS l
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN last_seen AS seen USING (finding_key)
LEFT JOIN raw.site ON site.registry_sha256 = registry.registry_sha256 AND site.site_code = l.site_code
LEFT JOIN raw.account
    ON account.registry_sha256 = registry.registry_sha256 AND l.site_code IS NULL
    AND l.subject_url = 'account:' || account.account_id
WHERE l.assessment_id = $assessment_id
ORDER BY l.finding_key
