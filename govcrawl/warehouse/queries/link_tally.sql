-- How many targets of each kind each visited site carries on $as_of, on its home page and elsewhere; a site without any has one row of 0
-- and no kind.
SELECT v.site_code, v.complete, coalesce(l.on_home, false) AS on_home, l.kind, count(l.target_url)::INTEGER AS targets
FROM night_visit AS v
LEFT JOIN night.links AS l ON l.run_id = v.run_id AND l.site_code = v.site_code
WHERE v.as_of = $as_of AND v.of_pages
GROUP BY v.site_code, v.complete, coalesce(l.on_home, false), l.kind
ORDER BY v.site_code, on_home, l.kind
