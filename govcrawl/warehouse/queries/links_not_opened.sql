-- Targets of every kind that did not open on $as_of, but those of planted blocks. For an answer 5xx
-- `earlier_outcome` is the last conclusive word on the same target in the $repeat_within_days days before; `fetched_at` and `body_sha256`
-- are those of the page that carries the link.
WITH tonight AS (
    SELECT v.site_code, l.*  EXCLUDE (site_code)
    FROM night_visit AS v
    JOIN link AS l USING (run_id, site_code)
    ANTI JOIN planted_link AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
    WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NULL
        AND l.outcome NOT IN (SELECT word FROM words.outcome WHERE opened)
), earlier AS (
    SELECT l.site_code, l.target_url,
        max_by(l.outcome, v.as_of) AS earlier_outcome, max(v.as_of) AS earlier_on
    FROM night_visit AS v
    JOIN link AS l USING (run_id, site_code)
    SEMI JOIN (SELECT site_code, target_url FROM tonight WHERE outcome IN (SELECT word FROM words.outcome WHERE server_error)) AS again
        ON again.site_code = l.site_code AND again.target_url = l.target_url
    WHERE v.as_of < $as_of AND v.as_of >= $as_of::DATE - $repeat_within_days::INTEGER AND v.of_pages
        AND l.outcome IN (SELECT word FROM words.outcome WHERE opened OR conclusive)
    GROUP BY l.site_code, l.target_url
)
SELECT t.site_code, t.target_url, kind, outcome, stand_in, status, confirmed, origin_url, anchor_text, "position", origins, on_home, attempts,
    t.run_id, links_run_id, earlier_outcome, earlier_on, origin.fetched_at, origin.body_sha256
FROM tonight AS t
LEFT JOIN earlier USING (site_code, target_url)
LEFT JOIN night_page AS origin
    ON origin.as_of = $as_of AND origin.site_code = t.site_code AND origin.url = t.origin_url
ORDER BY site_code, target_url
