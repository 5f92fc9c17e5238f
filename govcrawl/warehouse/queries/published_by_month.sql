-- How much each unit published from $since on, by month, on its own sites and on those of all units below it,
-- as the registry of $assessment_id has them.
SELECT up.superior AS unit, p.month, sum(p.entries)::INTEGER AS entries,
    coalesce(sum(p.entries) FILTER (WHERE up.distance = 0), 0)::INTEGER AS own_entries,
    count(DISTINCT p.site_code)::INTEGER AS sites, bool_and(p.complete) AS complete
FROM published_month AS p
JOIN raw.site AS s USING (site_code)
JOIN derived.assessed_registry AS r ON r.registry_sha256 = s.registry_sha256 AND r.assessment_id = $assessment_id
JOIN unit_under AS up ON up.registry_sha256 = s.registry_sha256 AND up.unit = s.unit
WHERE p.month >= strftime($since::DATE, '%Y-%m')
GROUP BY up.superior, p.month
ORDER BY unit, p.month
