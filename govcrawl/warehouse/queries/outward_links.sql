-- Links of $kinds that a reader of a site can follow off the site, as met on $as_of; `host` without port.
SELECT v.site_code, l.target_url, regexp_extract(l.target_url, '^https?://([^/?#:]+)', 1) AS host, l.kind, l.origin_url,
    l.anchor_text, l.origins, l.on_home, l.run_id
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
ANTI JOIN night.planted_links AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
WHERE v.as_of = $as_of AND v.of_pages AND l.kind IN $kinds AND NOT l.internal AND NOT l.hidden AND l.wrong IS NULL AND len(l.spam) = 0
ORDER BY v.site_code, l.target_url
