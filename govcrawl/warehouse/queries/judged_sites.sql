-- Which sites did an assessment judge, how, and whose were they by its registry?
-- $assessment_id: the assessment. band: the step of its edition in which the score lies; null without a score.
-- drawn: the month's inspection speaks of it; all are, unless an overlay asks for a part in each month.
SELECT r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit, s.home_url,
    s.region_code, s.level, s.kind, s.has_services, r.verdict, r.score, r.vetoes, r.band,
    coalesce(r.drawn, true) AS drawn
FROM site_result AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
WHERE assessment_id = $assessment_id
ORDER BY r.site_code
