-- Of each scored site of $assessment_id: the points it lost, whether it lost none, and whether all its rows of deductions are settled. drawn: see judged_sites.
SELECT r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit,
    round(sum(i.points), 4) AS lost, coalesce(sum(i.points), 0) = 0 AS spotless, coalesce(sum(i.points_open), 0) = 0 AND len(any_value(r.vetoes)) = 0 AS settled,
    coalesce(any_value(r.drawn), true) AS drawn
FROM site_result AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
JOIN indicator_result AS i USING (assessment_id, site_code)
JOIN indicator AS row USING (assessment_id, indicator_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
WHERE assessment_id = $assessment_id AND row.part = 'deduct'
GROUP BY r.site_code, s.name, s.unit
ORDER BY r.site_code
