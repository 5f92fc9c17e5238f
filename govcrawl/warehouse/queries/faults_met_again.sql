-- What became of the faults an earlier assessment reported, as a later one sees it?
-- $earlier_id, $assessment_id: the two assessments. became: fixed (a measurement proved it), open (found again),
-- settled (a person dismissed or explained it, or its site was closed), unchecked (could not be measured again).
-- home: the site's home page. Names are those of the registry of the later one, and of the earlier one for what has left it.
WITH owners AS (
    SELECT assessment_id, site_code AS owner, name, unit, home_url
    FROM derived.assessed_registry
    JOIN raw.site USING (registry_sha256)
    UNION ALL
    SELECT assessment_id, 'account:' || account_id, name, unit, NULL
    FROM derived.assessed_registry
    JOIN raw.account USING (registry_sha256)
)
SELECT f.finding_key, f.site_code, f.check_id, f.subject_url, f.observed,
    coalesce(owner.name, owner_then.name, f.site_code, f.subject_url) AS name,
    coalesce(owner.unit, owner_then.unit, '(未登记主办单位)') AS unit,
    coalesce(owner.home_url, owner_then.home_url) AS home,
    CASE
        WHEN EXISTS (
            FROM finding AS again
            WHERE again.assessment_id = $assessment_id AND again.finding_key = f.finding_key
                AND again.state IN (SELECT word FROM words.finding_state WHERE reported)
        ) THEN (SELECT word FROM words.standing WHERE open)
        WHEN now.state IN (SELECT word FROM words.ledger_state WHERE fixed) THEN (SELECT word FROM words.standing WHERE fixed)
        WHEN now.state IN (SELECT word FROM words.ledger_state WHERE settled) THEN (SELECT word FROM words.standing WHERE settled)
        ELSE (SELECT word FROM words.standing WHERE unchecked)
    END AS became,
    now.fixed_on
FROM finding AS f
LEFT JOIN owners AS owner ON owner.assessment_id = $assessment_id AND owner.owner = coalesce(f.site_code, f.subject_url)
LEFT JOIN owners AS owner_then ON owner_then.assessment_id = $earlier_id AND owner_then.owner = coalesce(f.site_code, f.subject_url)
LEFT JOIN raw.ledger AS now ON now.assessment_id = $assessment_id AND now.finding_key = f.finding_key
WHERE f.assessment_id = $earlier_id AND f.state IN (SELECT word FROM words.finding_state WHERE reported)
ORDER BY f.site_code, f.check_id, f.subject_url, f.finding_key
