-- What $assessment_id, the units themselves and the spot checks say of the same sites and indicators.
SELECT c.* EXCLUDE (assessment_id), s.name, s.unit
FROM result_comparison AS c
JOIN assessment AS a USING (assessment_id)
LEFT JOIN night_site AS s ON s.as_of = a.as_of AND s.site_code = c.site_code
WHERE assessment_id = $assessment_id
ORDER BY c.site_code, indicator_id NULLS FIRST
