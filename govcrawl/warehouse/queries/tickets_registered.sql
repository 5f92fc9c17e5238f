-- How many 我为政府网站找错 tickets the registry of $assessment_id holds.
SELECT count(*) AS tickets
FROM derived.assessed_registry
JOIN raw.ticket USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY tickets
