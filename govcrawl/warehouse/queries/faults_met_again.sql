-- What became of the faults an earlier assessment reported, as a later one sees it?
-- $earlier_id, $assessment_id: the two assessments. became: fixed (a measurement proved it), open (found again),
-- settled (a person dismissed or explained it, or its site was closed), unchecked (could not be measured again).
SELECT f.finding_key, f.site_code, f.check_id, f.subject_url, f.observed,
    coalesce(site.name, account.name, f.site_code, f.subject_url) AS name,
    coalesce(site.unit, account.unit, '(未登记主办单位)') AS unit,
    CASE
        WHEN EXISTS (
            FROM finding AS again
            WHERE again.assessment_id = $assessment_id AND again.finding_key = f.finding_key
                AND again.state IN ('found', 'confirmed')
        ) THEN 'open'
        WHEN now.state = 'fixed' THEN 'fixed'
        WHEN now.state IN ('dismissed', 'explained', 'closed') THEN 'settled'
        ELSE 'unchecked'
    END AS became,
    now.fixed_on
FROM finding AS f
LEFT JOIN site USING (site_code)
LEFT JOIN account ON f.site_code IS NULL AND f.subject_url = 'account:' || account.account_id
LEFT JOIN raw.ledger AS now ON now.assessment_id = $assessment_id AND now.finding_key = f.finding_key
WHERE f.assessment_id = $earlier_id AND f.state IN ('found', 'confirmed')
ORDER BY f.site_code, f.check_id, f.subject_url, f.finding_key
