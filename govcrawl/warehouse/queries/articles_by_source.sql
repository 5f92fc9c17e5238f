-- How many articles of each portal of the registry of $assessment_id and month name whom as their source.
SELECT m.site_code, m.month, m.source, m.articles
FROM source_month AS m
JOIN raw.site AS s ON s.site_code = m.site_code AND s.kind IN (SELECT word FROM words.site_kind WHERE portal)
JOIN derived.assessed_registry AS r ON r.registry_sha256 = s.registry_sha256 AND r.assessment_id = $assessment_id
WHERE m.source IS NOT NULL
ORDER BY m.site_code, m.month, m.source
