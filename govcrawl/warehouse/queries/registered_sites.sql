-- Every site of the registry of $assessment_id, those shut down too.
SELECT s.site_code, s.name, s.home_url, s.unit, s.region_code, s.level, s.kind, s.status, s.has_services, s.render
FROM derived.assessed_registry
JOIN raw.site AS s USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY s.site_code
