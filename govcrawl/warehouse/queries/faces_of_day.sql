-- What each site showed to different visitors, by the newest trial of each page and visitor within $days days before $as_of, in the
-- order asked; `today` whether that was on $as_of; a site without any has one row of nulls.
WITH shown AS (
    SELECT t.site_code, t.run_id, r.as_of, t.tried_at, unnest(t.faces) AS face, generate_subscripts(t.faces, 1) AS number
    FROM raw.face_trial AS t
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.as_of > $as_of::DATE - $days::INTEGER
        AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
), newest AS (
    SELECT *
    FROM shown
    QUALIFY row_number() OVER (
        PARTITION BY site_code, face.channel, face.visitor, CASE WHEN face.channel = 'unknown-path' THEN '' ELSE face.url END, tried_at
        ORDER BY number
    ) = 1
        AND dense_rank() OVER (
            PARTITION BY site_code, face.channel, face.visitor, CASE WHEN face.channel = 'unknown-path' THEN '' ELSE face.url END
            ORDER BY tried_at DESC
        ) = 1
)
SELECT s.site_code, s.home_url, n.run_id, n.as_of = $as_of AS today, n.tried_at,
    n.face.channel, n.face.visitor, n.face.url, n.face.outcome, n.face.status, n.face.final_url, n.face.fetched_at, n.face.body_sha256,
    n.face.title, n.face.words, n.face.strangers, n.face.sketch
FROM night_site AS s
LEFT JOIN newest AS n USING (site_code)
WHERE s.as_of = $as_of
ORDER BY s.site_code, n.tried_at, n.number
