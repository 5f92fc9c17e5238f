-- Hosts outside the site from which its pages load scripts on $as_of, that no earlier night of the site met and no other site loads
-- from, with the first page that does; sites that were never read before have none.
WITH tonight AS (
    SELECT v.site_code, l.run_id, l.target_url, l.origin_url, l.origins,
        regexp_extract(l.target_url, '^https?://([^/?#:]+)', 1) AS host
    FROM night_visit AS v
    JOIN night.links AS l USING (run_id, site_code)
    WHERE v.of_pages AND v.as_of = $as_of AND l.kind IN (SELECT word FROM words.link_kind WHERE script) AND NOT l.internal AND l.wrong IS NULL
), loaded AS (
    -- By the spells, which are few of a script: what every night met would be all links of the history.
    SELECT DISTINCT v.as_of < $as_of AS before, s.site_code, s.host
    FROM (
        SELECT *, regexp_extract(target_url, '^https?://([^/?#:]+)', 1) AS host
        FROM derived.link_spell
        WHERE kind IN (SELECT word FROM words.link_kind WHERE script) AND NOT internal AND wrong IS NULL
    ) AS s
    SEMI JOIN tonight AS t ON t.host = s.host
    JOIN derived.turn AS t ON t.month = s.month AND t.site_code = s.site_code AND derived.holds(s.since_no, s.until_no, t.turn_no)
    JOIN night_visit AS v ON v.run_id = t.run_id AND v.site_code = t.site_code
    WHERE v.of_pages AND v.as_of <= $as_of
)
SELECT t.site_code, t.run_id, min_by(t.target_url, t.target_url) AS target_url, t.host, min_by(t.origin_url, t.target_url) AS url,
    max(t.origins)::INTEGER AS origins, p.fetched_at, p.body_sha256
FROM tonight AS t
SEMI JOIN night_visit AS before ON before.site_code = t.site_code AND before.of_pages AND before.as_of < $as_of
ANTI JOIN loaded AS known ON known.site_code = t.site_code AND known.host = t.host AND known.before
ANTI JOIN loaded AS other ON other.site_code <> t.site_code AND other.host = t.host
LEFT JOIN night.addresses AS p ON p.site_code = t.site_code AND p.url = t.origin_url
GROUP BY t.site_code, t.run_id, t.host, p.fetched_at, p.body_sha256
ORDER BY t.site_code, t.host
