-- Every unit of the registry of $assessment_id.
SELECT u.unit, u.parent, u.region_code, u.contact, u.phone, u.vertical, u.aliases, u.mail, u.place
FROM derived.assessed_registry
JOIN raw.unit AS u USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY u.unit
