-- The required sections of each running site on $as_of: what stood behind the address, whether another spider read it all
-- the same, and whether the site's own pages were read for the names of its sections. A section without address has a null outcome.
SELECT s.site_code, site.home_url, s.name AS section_name, s.url AS section_url, s.class, s.rank,
    a.outcome, a.stand_in, a.status, a.fetched_at, coalesce(page.read, false) AS opened,
    coalesce(a.run_id, home.run_id) AS run_id, home.home_outcome
FROM derived.night_registry AS n
JOIN raw.section AS s ON s.registry_sha256 = n.registry_sha256 AND s.required
JOIN night_site AS site ON site.as_of = n.as_of AND site.site_code = s.site_code
LEFT JOIN night_visit AS v ON v.as_of = n.as_of AND v.of_lists AND v.site_code = s.site_code
LEFT JOIN raw.section_visit AS a
    ON a.run_id = v.run_id AND a.site_code = s.site_code AND a.section_url = s.url AND a.section_name = s.name
LEFT JOIN night.addresses AS page ON page.as_of = n.as_of AND page.site_code = s.site_code AND page.url = s.url
LEFT JOIN night_visit AS home ON home.as_of = n.as_of AND home.of_pages AND home.site_code = s.site_code
WHERE n.as_of = $as_of
ORDER BY s.site_code, s.url, s.name
