-- Which indicators could an assessment not measure on which site, and why?
-- $assessment_id: the assessment.
SELECT r.indicator_id, r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit,
    r.reason
FROM indicator_result AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
WHERE assessment_id = $assessment_id AND r.state IN (SELECT word FROM words.row_state WHERE unmeasured)
ORDER BY r.site_code, r.indicator_id
