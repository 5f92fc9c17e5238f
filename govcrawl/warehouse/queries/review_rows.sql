-- The rows of one assessment that only people can judge, each with the newest decision about it.
SELECT a.edition, r.site_code, s.name AS site_name, s.unit, r.indicator_id, r.max_points, r.reason,
    d.decision, d.decided_by, d.decided_at, d.until_on
FROM indicator_result AS r
JOIN assessment AS a USING (assessment_id)
LEFT JOIN night_site AS s ON s.as_of = a.as_of AND s.site_code = r.site_code
LEFT JOIN decision AS d
    ON d.edition = a.edition AND d.site_code = r.site_code AND d.indicator_id = r.indicator_id AND d.newest
WHERE r.assessment_id = $assessment_id AND (r.state = 'manual' OR d.decision IS NOT NULL)
ORDER BY s.unit, r.site_code, r.indicator_id
