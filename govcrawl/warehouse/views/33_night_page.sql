-- The day that a page itself prints as its own: one that only its address tells is none.
CREATE OR REPLACE MACRO derived.printed_on(published_at, date_origin) AS
    CASE WHEN date_origin IS DISTINCT FROM 'url' THEN try_cast(published_at AS DATE) END;

-- `pages`: the name of the table of what visits saw, derived.visited_page or those of one night (govcrawl/warehouse/night/).
CREATE OR REPLACE MACRO derived.addresses_of(pages) AS TABLE
SELECT as_of, site_code, url,
    bool_or(read) AS read,
    bool_or(read AND coalesce(kind, 'other') NOT IN ('home', 'section')) AS date_sought,
    bool_and(gone) AS gone,
    max(date_doubt) AS date_doubt,
    max(published_on) AS published_on,
    -- One that came speaks before one that did not.
    coalesce(max_by(title, fetched_at) FILTER (WHERE ok), max_by(title, fetched_at)) AS title,
    coalesce(max_by(run_id, fetched_at) FILTER (WHERE ok), max_by(run_id, fetched_at)) AS run_id,
    max(fetched_at) AS fetched_at,
    bool_and(standing) AS standing,
    coalesce(max_by(body_sha256, fetched_at) FILTER (WHERE ok), max_by(body_sha256, fetched_at)) AS body_sha256
FROM (
    SELECT v.as_of, p.site_code, p.url, p.kind, p.title, p.run_id, p.fetched_at, p.standing, p.body_sha256,
        p.outcome IN (SELECT word FROM words.outcome WHERE ok) AS ok,
        p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read) AS read,
        p.outcome IN (SELECT word FROM words.outcome WHERE at_once) AS gone,
        p.doubts['date'] AS date_doubt,
        derived.printed_on(p.published_at, p.date_origin) AS published_on
    FROM query_table(pages) AS p
    JOIN (SELECT DISTINCT as_of, site_code, run_id FROM night_visit) AS v USING (run_id, site_code)
)
GROUP BY as_of, site_code, url;

CREATE VIEW night_page AS
FROM derived.addresses_of('derived.visited_page');

COMMENT ON VIEW night_page IS 'One row per address of a site that was requested on an inspected day, whichever spider asked for it.';

CREATE OR REPLACE MACRO derived.letters(words) AS regexp_replace(words, '[^\p{L}\p{N}]', '', 'g');

-- Titles are written alike or cut short in one of the two places; the characters they share tell them from others.
CREATE OR REPLACE MACRO derived.same_title(listed, shown) AS
    contains(shown, left(listed, 6)) OR contains(listed, left(shown, 6)) OR jaccard(listed, shown) > 0.4;

-- What may be the day of an entry on whose page none was recognised. A page that shows another title than the list is perhaps
-- not the entry's (a challenge, a notice in its place): then the title is the doubt.
CREATE OR REPLACE MACRO derived.date_doubt(doubt, listed, shown) AS
    coalesce(doubt, CASE WHEN NOT derived.same_title(derived.letters(listed), derived.letters(shown)) THEN '页面显示的标题:' || shown END);
