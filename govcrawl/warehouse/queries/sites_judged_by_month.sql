-- The sites of the last inspection of each month between $since and $until, by the rules of $assessment_id (edition and overlay): a row a
-- site and month, with what the month's own circular counts. drawn: see judged_sites.
WITH month AS (
    SELECT strftime(a.as_of, '%Y-%m') AS month, max_by(a.assessment_id, (a.as_of, a.created_at, a.assessment_id)) AS assessment_id
    FROM assessment AS a
    JOIN assessment AS own ON own.assessment_id = $assessment_id AND own.edition = a.edition AND own.overlay IS NOT DISTINCT FROM a.overlay
    WHERE a.as_of BETWEEN $since AND $until
    GROUP BY 1
)
SELECT m.month, m.assessment_id, r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit,
    r.verdict, coalesce(r.drawn, true) AS drawn
FROM month AS m
JOIN site_result AS r USING (assessment_id)
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
ORDER BY m.month, r.site_code
