CREATE VIEW night_page AS
SELECT v.as_of, p.site_code, p.url,
    bool_or(p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND coalesce(p.read_state, 'read') IN (SELECT word FROM words.read_state WHERE read))
        AS read,
    bool_or(p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND coalesce(p.read_state, 'read') IN (SELECT word FROM words.read_state WHERE read)
        AND coalesce(p.kind, 'other') NOT IN ('home', 'section')) AS date_sought,
    bool_and(p.outcome IN (SELECT word FROM words.outcome WHERE at_once)) AS gone,
    max(p.doubts['date']) AS date_doubt,
    max(try_cast(p.published_at AS DATE)) FILTER (WHERE p.date_origin IS DISTINCT FROM 'url') AS published_on,
    max_by(p.run_id, (p.outcome IN (SELECT word FROM words.outcome WHERE ok), p.fetched_at)) AS run_id,
    max(p.fetched_at) AS fetched_at,
    max_by(p.body_sha256, (p.outcome IN (SELECT word FROM words.outcome WHERE ok), p.fetched_at)) AS body_sha256
FROM raw.page AS p
JOIN night_visit AS v USING (run_id, site_code)
GROUP BY v.as_of, p.site_code, p.url;

COMMENT ON VIEW night_page IS 'One row per address of a site that was requested on an inspected day, whichever spider asked for it.';
