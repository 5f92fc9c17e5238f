-- Of which faults had units been told by documents issued before an inspection, and how do these stand in it?
-- $assessment_id: the inspection. standing: fixed (a measurement proved it), overdue (its day is past), settled (a
-- person dismissed or explained it, or its site was closed), open. number and due_on are of the first document.
SELECT told.finding_key, coalesce(site.name, account.name, told.finding_key) AS name, told.unit,
    min_by(told.number, (told.issued_on, told.notice_id)) AS number,
    min_by(told.due_on, (told.issued_on, told.notice_id)) AS due_on,
    now.check_id, now.subject_url,
    CASE
        WHEN now.state = 'fixed' THEN 'fixed'
        WHEN now.state IN ('dismissed', 'explained', 'closed') THEN 'settled'
        WHEN min(told.due_on) < inspected.as_of THEN 'overdue'
        ELSE 'open'
    END AS standing
FROM issued_finding AS told
JOIN assessment AS inspected ON inspected.assessment_id = $assessment_id AND told.issued_on < inspected.as_of
JOIN raw.ledger AS now ON now.assessment_id = $assessment_id AND now.finding_key = told.finding_key
LEFT JOIN site ON site.site_code = now.site_code
LEFT JOIN account ON now.site_code IS NULL AND now.subject_url = 'account:' || account.account_id
GROUP BY told.finding_key, site.name, account.name, told.unit, now.check_id, now.subject_url,
    now.state, inspected.as_of
ORDER BY told.finding_key, told.unit
