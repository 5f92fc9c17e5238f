-- How many targets of $kinds each site carries on $as_of, on its home page and elsewhere.
SELECT v.site_code, v.finish_reason, l.on_home, count(*)::INTEGER AS targets
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.kind = 'site' AND l.kind IN $kinds
GROUP BY v.site_code, v.finish_reason, l.on_home
ORDER BY v.site_code, l.on_home
