-- The required sections of $assessment_id: missing, blank, late, thin, kept, or unread.
SELECT p.* EXCLUDE (assessment_id), s.name AS site_name
FROM content_plan AS p
JOIN assessment AS a USING (assessment_id)
LEFT JOIN night_site AS s ON s.as_of = a.as_of AND s.site_code = p.site_code
WHERE assessment_id = $assessment_id
ORDER BY p.site_code, p.section_name, p.section_url
