-- References that are no usable address on $as_of, as written, or lead to a parked domain, with the page that carries them.
SELECT l.site_code, l.target_url, l.wrong, l.kind, l.origin_url, l.anchor_text, l.origins, l.on_home, l.run_id,
    origin.fetched_at, origin.body_sha256
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
ANTI JOIN night.planted_links AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
LEFT JOIN night.addresses AS origin
    ON origin.as_of = v.as_of AND origin.site_code = l.site_code AND origin.url = l.origin_url
WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NOT NULL
ORDER BY l.site_code, l.target_url
