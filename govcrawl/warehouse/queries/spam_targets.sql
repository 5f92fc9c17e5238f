-- Targets that a reader of a site can follow and that advertise what no office sells, as met on $as_of, with what the link promises and
-- what is there; those of planted blocks are told as these.
SELECT v.site_code, l.target_url, l.origin_url, l.anchor_text, l.origins, l.on_home, l.run_id, l.spam AS words, l.target_title AS title,
    l.target_sha256 AS body_sha256
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
ANTI JOIN planted_link AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
WHERE v.as_of = $as_of AND v.of_pages AND len(l.spam) > 0
ORDER BY v.site_code, l.target_url
