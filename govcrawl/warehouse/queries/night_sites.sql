-- The running sites an assessment of $as_of judges.
SELECT site_code, name, home_url, unit, level, kind, has_services
FROM night_site
WHERE as_of = $as_of
ORDER BY site_code
