-- Which new-media accounts did an assessment judge, how, and whose are they?
-- $assessment_id: the assessment.
SELECT account_id, coalesce(name, account_id) AS name, coalesce(unit, '(未登记主办单位)') AS unit, platform, last_post_on,
    verdict, vetoes
FROM account_result LEFT JOIN account USING (account_id)
WHERE assessment_id = $assessment_id
ORDER BY account_id
