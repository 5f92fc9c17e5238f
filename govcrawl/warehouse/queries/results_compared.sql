-- What $assessment_id, the units themselves and the spot checks say of the same sites and indicators.
SELECT c.* EXCLUDE (assessment_id), s.name, s.unit
FROM result_comparison AS c
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = c.site_code
WHERE assessment_id = $assessment_id
ORDER BY c.site_code, indicator_id NULLS FIRST
