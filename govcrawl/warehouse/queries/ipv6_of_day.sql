-- How far each site of $as_of can be reached over IPv6. home: reached, not, or null where it could not be tried. second, third:
-- links within the site on its home page, and on the pages behind that; of these the ones whose host was tried (…_known) and
-- answered (…_reached): a host of any inspected site counts, for it answers for all its pages.
WITH tried AS (
    SELECT h.host, bool_or(h.ipv6_status IS NOT NULL) AS reached
    FROM night_surroundings AS around
    JOIN host_check AS h USING (run_id)
    WHERE around.as_of = $as_of AND h.ipv6_known AND h.ipv6_route
    GROUP BY h.host
), ours AS (
    SELECT bool_or(reached) AS working FROM tried
), inside AS (
    SELECT v.site_code, l.target_url, l.on_home, regexp_extract(l.target_url, '^https?://([^/:?#]+)', 1) AS host
    FROM night_visit AS v
    JOIN night.links AS l USING (run_id, site_code)
    LEFT JOIN night.pages AS origin ON origin.run_id = l.run_id AND origin.site_code = l.site_code AND origin.url = l.origin_url
    WHERE v.as_of = $as_of AND v.of_pages AND l.internal AND l.kind IN (SELECT word FROM words.link_kind WHERE page) AND (l.on_home OR origin.depth = 1)
), counted AS (
    SELECT i.site_code,
        count(*) FILTER (WHERE i.on_home) AS second,
        count(t.host) FILTER (WHERE i.on_home) AS second_known,
        count(*) FILTER (WHERE i.on_home AND t.reached) AS second_reached,
        count(*) FILTER (WHERE NOT i.on_home) AS third,
        count(t.host) FILTER (WHERE NOT i.on_home) AS third_known,
        count(*) FILTER (WHERE NOT i.on_home AND t.reached) AS third_reached
    FROM inside AS i
    LEFT JOIN tried AS t ON t.host = i.host
    GROUP BY i.site_code
)
SELECT s.site_code, s.name, s.unit,
    CASE WHEN NOT coalesce(ours.working, false) THEN NULL WHEN t.reached THEN 'reached' WHEN NOT t.reached THEN 'not' END AS home,
    coalesce(c.second, 0)::INTEGER AS second, coalesce(c.second_known, 0)::INTEGER AS second_known,
    coalesce(c.second_reached, 0)::INTEGER AS second_reached,
    coalesce(c.third, 0)::INTEGER AS third, coalesce(c.third_known, 0)::INTEGER AS third_known,
    coalesce(c.third_reached, 0)::INTEGER AS third_reached
FROM night_site AS s
CROSS JOIN ours
LEFT JOIN tried AS t ON t.host = regexp_extract(s.home_url, '^https?://([^/:?#]+)', 1)
LEFT JOIN counted AS c ON c.site_code = s.site_code
WHERE s.as_of = $as_of
ORDER BY s.site_code
