-- References that are no usable address on $as_of, as written.
SELECT l.site_code, l.target_url, l.wrong, l.kind, l.origin_url, l.anchor_text, l.origins, l.on_home, l.run_id
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.kind = 'site' AND l.wrong IS NOT NULL
ORDER BY l.site_code, l.target_url
