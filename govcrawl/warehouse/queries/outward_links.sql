-- Links of $kinds that a reader of a site can follow off the site, as met on $as_of; `host` without port.
SELECT v.site_code, l.target_url, regexp_extract(l.target_url, '^https?://([^/?#:]+)', 1) AS host, l.kind, l.origin_url,
    l.anchor_text, l.origins, l.on_home, l.run_id
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.kind = 'site' AND l.kind IN $kinds AND NOT l.internal AND NOT l.hidden AND l.wrong IS NULL
ORDER BY v.site_code, l.target_url
