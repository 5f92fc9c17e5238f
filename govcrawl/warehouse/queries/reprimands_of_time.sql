-- Who was called to account (问责) in a span of days, by the registry of $assessment_id? A row a person.
-- $since, $until: civil days, both in it.
SELECT unit, given_on, way, unnest(range(persons)) + 1 AS person
FROM derived.assessed_registry
JOIN raw.reprimand USING (registry_sha256)
WHERE assessment_id = $assessment_id AND given_on BETWEEN $since AND $until
ORDER BY given_on, unit, way, person
