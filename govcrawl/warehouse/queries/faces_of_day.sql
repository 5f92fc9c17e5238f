-- What each site showed to different visitors: of each page and visitor the newest trial up to $as_of that got an answer which tells
-- (`telling`), in the last 400 days, and the newest of all where none did; beside it what the page showed everybody in the same trial
-- (channel plain), and what a made-up path showed a browser. `lately` whether that was within $days days, `told_of` within $stands days;
-- `today` whether the site was asked on $as_of; a site without any has one row of nulls.
WITH shown AS (
    SELECT t.site_code, t.run_id, r.as_of, t.tried_at, unnest(t.faces) AS face, generate_subscripts(t.faces, 1) AS number
    FROM raw.face_trial AS t
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.as_of > $as_of::DATE - 400
        AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
), plain AS (
    SELECT * FROM shown WHERE face.channel = 'plain' QUALIFY row_number() OVER (PARTITION BY site_code, tried_at, face.url ORDER BY number) = 1
), asked AS (
    SELECT s.*, CASE WHEN s.face.channel = 'unknown-path' THEN '' ELSE s.face.url END AS subject,
        s.face.outcome IN (SELECT word FROM words.outcome WHERE telling)
            AND (s.face.channel = 'unknown-path' OR coalesce(p.face.outcome IN (SELECT word FROM words.outcome WHERE ok), false)) AS telling
    FROM shown AS s
    LEFT JOIN plain AS p ON p.site_code = s.site_code AND p.tried_at = s.tried_at AND p.face.url = s.face.url
    WHERE s.face.channel <> 'plain'
), newest AS (
    SELECT * EXCLUDE (subject)
    FROM asked
    QUALIFY row_number() OVER (
        PARTITION BY site_code, face.channel, face.visitor, subject ORDER BY telling DESC, tried_at DESC, number
    ) = 1
), chosen AS (
    FROM newest
    UNION ALL
    SELECT *, true
    FROM plain
    WHERE (site_code, tried_at, face.url) IN (SELECT site_code, tried_at, face.url FROM newest WHERE face.channel <> 'unknown-path')
)
SELECT s.site_code, s.home_url, n.run_id, n.as_of > $as_of::DATE - $days::INTEGER AS lately, n.as_of > $as_of::DATE - $stands::INTEGER AS told_of,
    coalesce(max(n.as_of) OVER (PARTITION BY s.site_code) = $as_of, false) AS today, n.telling, n.tried_at,
    n.face.channel, n.face.visitor, n.face.url, n.face.outcome, n.face.status, n.face.final_url, n.face.fetched_at, n.face.body_sha256,
    n.face.title, n.face.words, n.face.strangers, n.face.sketch
FROM night_site AS s
LEFT JOIN chosen AS n USING (site_code)
WHERE s.as_of = $as_of
ORDER BY s.site_code, n.tried_at, n.number
