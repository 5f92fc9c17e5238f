CREATE VIEW night_page AS
SELECT v.as_of, p.site_code, p.url,
    bool_or(p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read))
        AS read,
    bool_or(p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read)
        AND coalesce(p.kind, 'other') NOT IN ('home', 'section')) AS date_sought,
    bool_and(p.outcome IN (SELECT word FROM words.outcome WHERE at_once)) AS gone,
    max(p.doubts['date']) AS date_doubt,
    max(try_cast(p.published_at AS DATE)) FILTER (WHERE p.date_origin IS DISTINCT FROM 'url') AS published_on,
    max_by(p.title, (p.outcome IN (SELECT word FROM words.outcome WHERE ok), p.fetched_at)) AS title,
    max_by(p.run_id, (p.outcome IN (SELECT word FROM words.outcome WHERE ok), p.fetched_at)) AS run_id,
    max(p.fetched_at) AS fetched_at,
    bool_and(p.standing) AS standing,
    max_by(p.body_sha256, (p.outcome IN (SELECT word FROM words.outcome WHERE ok), p.fetched_at)) AS body_sha256
FROM derived.visited_page AS p
JOIN night_visit AS v USING (run_id, site_code)
GROUP BY v.as_of, p.site_code, p.url;

COMMENT ON VIEW night_page IS 'One row per address of a site that was requested on an inspected day, whichever spider asked for it.';

CREATE OR REPLACE MACRO derived.letters(words) AS regexp_replace(words, '[^\p{L}\p{N}]', '', 'g');

-- Titles are written alike or cut short in one of the two places; the characters they share tell them from others.
CREATE OR REPLACE MACRO derived.same_title(listed, shown) AS
    contains(shown, left(listed, 6)) OR contains(listed, left(shown, 6)) OR jaccard(listed, shown) > 0.4;

-- What may be the day of an entry on whose page none was recognised. A page that shows another title than the list is perhaps
-- not the entry's (a challenge, a notice in its place): then the title is the doubt.
CREATE OR REPLACE MACRO derived.date_doubt(doubt, listed, shown) AS
    coalesce(doubt, CASE WHEN NOT derived.same_title(derived.letters(listed), derived.letters(shown)) THEN '页面显示的标题:' || shown END);
