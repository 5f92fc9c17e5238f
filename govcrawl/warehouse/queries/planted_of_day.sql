-- What looks planted on the pages read on $as_of; of each whether an earlier reading of its page lacked it (`is_new`, null without
-- one), and how many other sites show links to the hosts its links lead to (`shown_by`, of the host that the fewest show).
WITH today AS (
    SELECT p.*, v.as_of
    FROM (SELECT DISTINCT as_of, site_code, run_id FROM night_visit WHERE as_of = $as_of) AS v
    JOIN planted AS p USING (run_id, site_code)
    QUALIFY dense_rank() OVER (PARTITION BY p.site_code, p.url ORDER BY p.fetched_at DESC, p.run_id DESC) = 1
), host AS (
    SELECT DISTINCT site_code, url, place, kind, regexp_extract(anchor.url, '^https?://([^/?#:]+)', 1) AS host
    FROM (SELECT site_code, url, place, kind, unnest(anchors) AS anchor FROM today)
), shown AS (
    SELECT h.site_code, h.url, h.place, h.kind, h.host, count(DISTINCT l.site_code) AS sites
    FROM host AS h
    LEFT JOIN (
        SELECT DISTINCT v.site_code, regexp_extract(l.target_url, '^https?://([^/?#:]+)', 1) AS host
        FROM night_visit AS v
        JOIN night.links AS l USING (run_id, site_code)
        WHERE v.as_of = $as_of AND v.of_pages AND NOT l.internal AND NOT l.hidden AND l.kind IN (SELECT word FROM words.link_kind WHERE page)
    ) AS l ON l.host = h.host AND l.site_code <> h.site_code
    GROUP BY ALL
), earlier AS (
    SELECT t.site_code, t.url, max_by(p.planted, (r.as_of, p.fetched_at)) AS planted
    FROM (SELECT DISTINCT site_code, url FROM today) AS t
    JOIN raw.page AS p USING (site_code, url)
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of < $as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND p.planted_sought
        AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
        AND p.read_state IN (SELECT word FROM words.read_state WHERE read)
    GROUP BY ALL
)
SELECT t.site_code, t.url, t.run_id, t.fetched_at, t.body_sha256, t.kind, t.way, t.place, t."position", t.excerpt, t.anchors, t.words, t.doubt,
    NOT list_has_any(flatten(list_transform(e.planted, lambda each: list_transform(each.anchors, lambda anchor: anchor.url))),
        list_transform(t.anchors, lambda anchor: anchor.url)) AS is_new,
    (SELECT min(s.sites) FROM shown AS s WHERE (s.site_code, s.url, s.place, s.kind) = (t.site_code, t.url, t.place, t.kind))::INTEGER AS shown_by
FROM today AS t
LEFT JOIN earlier AS e USING (site_code, url)
ORDER BY t.site_code, t.url, t.kind, t.place, t."position"
