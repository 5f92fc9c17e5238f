-- Which new-media accounts did an assessment judge, how, and whose were they by its registry?
-- $assessment_id: the assessment. score: null where the edition scores no accounts, a veto failed, or rows still wait.
SELECT r.account_id, coalesce(a.name, r.account_id) AS name, coalesce(a.unit, '(未登记主办单位)') AS unit, a.platform,
    a.last_post_on, r.verdict, r.score, r.vetoes
FROM account_result AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.account AS a ON a.registry_sha256 = registry.registry_sha256 AND a.account_id = r.account_id
WHERE assessment_id = $assessment_id
ORDER BY r.account_id
