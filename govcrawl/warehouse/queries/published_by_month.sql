-- How much each unit published from $since on, by month, on its own sites and on those of all units below it.
SELECT up.superior AS unit, p.month, sum(p.entries)::INTEGER AS entries,
    coalesce(sum(p.entries) FILTER (WHERE up.distance = 0), 0)::INTEGER AS own_entries,
    count(DISTINCT p.site_code)::INTEGER AS sites, bool_and(p.complete) AS complete
FROM published_month AS p
JOIN site AS s USING (site_code)
JOIN unit_under AS up ON up.unit = s.unit
SEMI JOIN registry_in_force AS r ON r.registry_sha256 = up.registry_sha256
WHERE p.month >= strftime($since::DATE, '%Y-%m')
GROUP BY up.superior, p.month
ORDER BY unit, p.month
