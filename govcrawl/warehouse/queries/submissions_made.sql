-- What the units say they submitted, by month, in the registry of $assessment_id.
SELECT unit, month, submitted
FROM raw.submission
JOIN derived.assessed_registry USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY unit, month
