-- The running sites a spot check can draw from, as the registry in force has them.
SELECT site_code, name, home_url, unit, region_code, level, kind
FROM site
WHERE status <> '关停'
ORDER BY site_code
