-- Which faults does an assessment report, whose are they by its registry, and how long have they stood?
-- $assessment_id: the assessment. What waits for a person, was dismissed or explained is not reported. owner: the
-- site, or the account. home: the site's. whose: site or account. since_on: found since it was last mended. drawn: see judged_sites.
SELECT f.finding_key, f.site_code, coalesce(f.site_code, f.subject_url) AS owner,
    CASE WHEN f.site_code IS NULL THEN 'account' ELSE 'site' END AS whose, f.check_id, f.indicator_id, f.state,
    f.subject_url, f.origin_url, f.observed, f.expected, f.evidence, f.run_id, run.as_of AS found_on,
    coalesce(site.name, account.name, f.site_code, f.subject_url) AS name,
    coalesce(site.unit, account.unit, '(未登记主办单位)') AS unit, account.platform, account.url AS account_url, site.home_url AS home,
    coalesce(stood.state, (SELECT word FROM words.ledger_state WHERE new)) AS life, stood.first_seen_on, coalesce(stood.since_on, stood.first_seen_on) AS since_on,
    coalesce(judged.drawn, true) AS drawn
FROM finding AS f
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN run USING (run_id)
LEFT JOIN raw.site ON site.registry_sha256 = registry.registry_sha256 AND site.site_code = f.site_code
LEFT JOIN raw.account
    ON account.registry_sha256 = registry.registry_sha256 AND f.site_code IS NULL
    AND f.subject_url = 'account:' || account.account_id
LEFT JOIN site_result AS judged ON judged.assessment_id = f.assessment_id AND judged.site_code = f.site_code
LEFT JOIN raw.ledger AS stood USING (assessment_id, finding_key)
WHERE assessment_id = $assessment_id AND f.state IN (SELECT word FROM words.finding_state WHERE reported)
ORDER BY f.site_code, f.check_id, f.subject_url, f.finding_key
