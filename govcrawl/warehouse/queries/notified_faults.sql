-- Of which faults had units been told by documents issued before an inspection, and how do these stand in it?
-- $assessment_id: the inspection. standing: fixed (a measurement proved it), overdue (its day is past), settled (a
-- person dismissed or explained it, or its site was closed), open. Names are those of the registry of the inspection. number and due_on are of the first document.
SELECT told.finding_key, coalesce(site.name, account.name, now.site_code, now.subject_url) AS name, told.unit,
    min_by(told.number, (told.issued_on, told.notice_id)) AS number,
    min_by(told.due_on, (told.issued_on, told.notice_id)) AS due_on,
    now.check_id, now.subject_url,
    CASE
        WHEN now.state IN (SELECT word FROM words.ledger_state WHERE fixed) THEN (SELECT word FROM words.standing WHERE fixed)
        WHEN now.state IN (SELECT word FROM words.ledger_state WHERE settled) THEN (SELECT word FROM words.standing WHERE settled)
        WHEN min(told.due_on) < inspected.as_of THEN (SELECT word FROM words.standing WHERE overdue)
        ELSE (SELECT word FROM words.standing WHERE open)
    END AS standing
FROM issued_finding AS told
JOIN derived.assessed_registry AS inspected
    ON inspected.assessment_id = $assessment_id AND told.issued_on < inspected.as_of
JOIN raw.ledger AS now ON now.assessment_id = $assessment_id AND now.finding_key = told.finding_key
LEFT JOIN raw.site ON site.registry_sha256 = inspected.registry_sha256 AND site.site_code = now.site_code
LEFT JOIN raw.account
    ON account.registry_sha256 = inspected.registry_sha256 AND now.site_code IS NULL
    AND now.subject_url = 'account:' || account.account_id
GROUP BY told.finding_key, site.name, account.name, told.unit, now.check_id, now.site_code, now.subject_url,
    now.state, inspected.as_of
ORDER BY told.finding_key, told.unit
