-- How many pages of each site were read on $as_of, whichever spider read them, and whether the visit of the site was complete.
SELECT s.site_code, count(p.url)::INTEGER AS pages, coalesce(bool_or(v.complete), false) AS complete
FROM night_site AS s
LEFT JOIN night_visit AS v ON v.as_of = s.as_of AND v.site_code = s.site_code AND v.of_pages
LEFT JOIN night.addresses AS p ON p.as_of = s.as_of AND p.site_code = s.site_code AND p.read
WHERE s.as_of = $as_of
GROUP BY s.site_code
ORDER BY s.site_code
