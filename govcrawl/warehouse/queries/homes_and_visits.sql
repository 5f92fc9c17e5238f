-- Of each running site on $as_of: whether its visit came to its end, and when its home page was read.
SELECT s.site_code, s.name, s.home_url, s.unit, v.run_id, coalesce(v.complete, false) AS complete, v.home_outcome,
    home.fetched_at, home.body_sha256
FROM night_site AS s
LEFT JOIN night_visit AS v ON v.as_of = s.as_of AND v.site_code = s.site_code AND v.of_pages
LEFT JOIN night.addresses AS home ON home.as_of = s.as_of AND home.site_code = s.site_code AND home.url = s.home_url
WHERE s.as_of = $as_of
ORDER BY s.site_code
