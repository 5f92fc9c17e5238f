-- Which units had an unqualified site or account in any inspection of a span of days?
-- $edition: the edition they judged by. $since, $until: civil days, both in it. Units are those of the registry of each
-- inspection.
WITH inspected AS (
    SELECT assessment_id, registry_sha256
    FROM assessment
    JOIN derived.assessed_registry USING (assessment_id)
    WHERE assessment.edition = $edition AND assessment.as_of BETWEEN $since AND $until
)
SELECT site.unit
FROM inspected
JOIN site_result AS judged USING (assessment_id)
JOIN raw.site ON site.registry_sha256 = inspected.registry_sha256 AND site.site_code = judged.site_code
WHERE judged.verdict IN (SELECT word FROM words.verdict WHERE unqualified)
UNION
SELECT account.unit
FROM inspected
JOIN account_result AS judged USING (assessment_id)
JOIN raw.account ON account.registry_sha256 = inspected.registry_sha256 AND account.account_id = judged.account_id
WHERE judged.verdict IN (SELECT word FROM words.verdict WHERE unqualified)
ORDER BY unit
