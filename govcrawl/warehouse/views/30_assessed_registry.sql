CREATE VIEW derived.assessed_registry AS
SELECT a.assessment_id, a.as_of, coalesce(made_from.registry_sha256, night.registry_sha256) AS registry_sha256
FROM raw.assessment AS a
LEFT JOIN (
    SELECT assessment_id, max_by(r.registry_sha256, (r.started_at, r.run_id)) AS registry_sha256
    FROM (SELECT assessment_id, unnest(runs) AS run_id FROM raw.assessment)
    JOIN raw.run AS r USING (run_id)
    WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
    GROUP BY assessment_id
) AS made_from USING (assessment_id)
LEFT JOIN derived.night_registry AS night ON night.as_of = a.as_of;

COMMENT ON VIEW derived.assessed_registry IS 'One row per assessment: the registry it judged by, that of the newest nightly run it was made from. What a document says of a site, unit or account is read there, whatever ran since.';
