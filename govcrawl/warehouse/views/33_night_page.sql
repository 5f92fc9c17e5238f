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
COMMENT ON COLUMN night_page.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_page.site_code IS 'Site by its 网站标识码, e.g. 6500000001';
COMMENT ON COLUMN night_page.url IS 'Address requested, absolute and normalised';
COMMENT ON COLUMN night_page.read IS 'The page came, showed something, and was read to its end: only then is something missing on it';
COMMENT ON COLUMN night_page.date_sought IS 'It was read for a date of its own: as an article or a page of no known kind, not as a list';
COMMENT ON COLUMN night_page.gone IS 'Every request for it was answered that there is no such page: what was wrong on it is gone with it';
COMMENT ON COLUMN night_page.date_doubt IS 'What may be the day of the page where no reader recognised one; null when nothing may';
COMMENT ON COLUMN night_page.published_on IS 'Civil day a reader sees on the page; null when there is none, when only its address has one, or when it was not read';
COMMENT ON COLUMN night_page.run_id IS 'Run that read it last';
COMMENT ON COLUMN night_page.fetched_at IS 'Instant (UTC) of the last request';
COMMENT ON COLUMN night_page.body_sha256 IS 'SHA-256 of the body bytes last read';
