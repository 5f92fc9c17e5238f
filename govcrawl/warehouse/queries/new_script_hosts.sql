-- Hosts outside the site from which its pages load scripts on $as_of, that no earlier night of the site met and no other site loads
-- from, with the first page that does; sites that were never read before have none.
WITH loaded AS (
    SELECT v.as_of, v.site_code, l.run_id, l.target_url, l.origin_url, l.origins, l.on_home,
        regexp_extract(l.target_url, '^https?://([^/?#:]+)', 1) AS host
    FROM night_visit AS v
    JOIN link AS l USING (run_id, site_code)
    WHERE v.of_pages AND v.as_of <= $as_of AND l.kind IN (SELECT word FROM words.link_kind WHERE script) AND NOT l.internal AND l.wrong IS NULL
)
SELECT t.site_code, t.run_id, min_by(t.target_url, t.target_url) AS target_url, t.host, min_by(t.origin_url, t.target_url) AS url,
    max(t.origins)::INTEGER AS origins, p.fetched_at, p.body_sha256
FROM loaded AS t
SEMI JOIN night_visit AS before ON before.site_code = t.site_code AND before.of_pages AND before.as_of < $as_of
ANTI JOIN loaded AS known ON known.site_code = t.site_code AND known.host = t.host AND known.as_of < $as_of
ANTI JOIN loaded AS other ON other.site_code <> t.site_code AND other.host = t.host
LEFT JOIN night_page AS p ON p.as_of = t.as_of AND p.site_code = t.site_code AND p.url = t.origin_url
WHERE t.as_of = $as_of
GROUP BY t.site_code, t.run_id, t.host, p.fetched_at, p.body_sha256
ORDER BY t.site_code, t.host
