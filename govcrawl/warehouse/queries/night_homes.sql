-- What the home page of each running site answered on $as_of, and how the visit of the site ended; null where none came.
SELECT s.site_code, v.home_outcome, v.robots, v.finish_reason
FROM night_site AS s
LEFT JOIN night_visit AS v ON v.as_of = s.as_of AND v.site_code = s.site_code AND v.kind = 'site'
WHERE s.as_of = $as_of
ORDER BY s.site_code
