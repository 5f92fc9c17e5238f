-- Footer items seen on the home page of each site on $as_of; of an entrance, also those of the pages behind it.
WITH home AS (
    SELECT v.site_code, v.run_id, p.url AS home_url, p.outcome, p.navigation_only, p.fetched_at, p.body_sha256
    FROM night_visit AS v
    JOIN page AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.kind = 'site' AND p.depth = 0
    QUALIFY row_number() OVER (PARTITION BY v.site_code ORDER BY p.fetched_at DESC, p.url) = 1
)
SELECT home.site_code, any_value(home.run_id) AS run_id, any_value(home.home_url) AS home_url,
    any_value(home.outcome) AS outcome, any_value(home.fetched_at) AS fetched_at,
    any_value(home.body_sha256) AS body_sha256,
    coalesce(list_sort(list_distinct(flatten(list(map_keys(p.footer)) FILTER (WHERE p.outcome = 'ok')))), []) AS items
FROM home
JOIN page AS p ON p.run_id = home.run_id AND p.site_code = home.site_code AND p.depth <= home.navigation_only::INTEGER
GROUP BY home.site_code
ORDER BY home.site_code
