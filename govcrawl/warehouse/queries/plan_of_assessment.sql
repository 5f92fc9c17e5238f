-- The required sections of $assessment_id: missing, blank, late, thin, kept, or unread.
SELECT p.* EXCLUDE (assessment_id), s.name AS site_name
FROM content_plan AS p
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = p.site_code
WHERE assessment_id = $assessment_id
ORDER BY p.site_code, p.section_name, p.section_url
