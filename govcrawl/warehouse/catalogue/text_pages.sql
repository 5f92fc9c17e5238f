-- The articles of $as_of that show one of the texts $hashes, and of which site they are.
SELECT DISTINCT p.text_sha256, p.site_code, concat_ws(' ', s.name, s.unit) AS site_name, p.url, coalesce(p.title, '') AS title,
    p.published_at::DATE AS published_on
FROM page AS p
JOIN night_visit AS v USING (run_id, site_code)
JOIN night_site AS s USING (as_of, site_code)
WHERE v.as_of = $as_of AND p.text_sha256 IN (SELECT unnest($hashes::VARCHAR[])) AND coalesce(p.kind, 'other') NOT IN ('home', 'section')
ORDER BY ALL
