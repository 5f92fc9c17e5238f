-- The sites of the last inspection of each month between $since and $until, by the rules of $assessment_id (edition and overlay): a row a
-- site and month, with what the month's own circular counts. drawn: see judged_sites.
SELECT m.month, m.assessment_id, r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit,
    r.verdict, coalesce(r.drawn, true) AS drawn
FROM derived.judged_months($assessment_id, $since, $until) AS m
JOIN site_result AS r USING (assessment_id)
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
ORDER BY m.month, r.site_code
