-- Articles whose title or main text on $as_of is not what it was on $since; both days read them. Those that sections of $classes
-- list come first; the others are articles that no list shows any more. Texts are masked; beyond the first $texts they are null.
WITH listed AS (
    SELECT e.site_code, e.url,
        min_by(e.section_name, e.section_url) AS section_name,
        min_by(s.class, e.section_url) AS class,
        max(e.published_on) AS published_on
    FROM night_entry AS e
    JOIN night_section AS s USING (as_of, site_code, section_name, section_url)
    WHERE e.as_of = $as_of
    GROUP BY e.site_code, e.url
), read AS (
    SELECT v.as_of, p.site_code, p.url, max_by(p.text_sha256, p.fetched_at) AS text_sha256, max_by(p.title, p.fetched_at) AS title,
        max_by(p.kind, p.fetched_at) AS kind, max_by(p.published_on, p.fetched_at) AS published_on
    FROM (SELECT DISTINCT as_of, run_id, site_code FROM night_visit WHERE as_of IN ($as_of, $since)) AS v
    JOIN (FROM night.articles_read UNION ALL FROM earlier_night.articles_read) AS p USING (run_id, site_code)
    GROUP BY v.as_of, p.site_code, p.url
), changed AS MATERIALIZED (
    SELECT now.site_code, now.url, now.title, before.title AS title_before, listed.section_name, listed.class,
        coalesce(listed.published_on, now.published_on) AS published_on,
        now.text_sha256, before.text_sha256 AS text_sha256_before,
        row_number() OVER (
            ORDER BY listed.class IS NULL, now.site_code, coalesce(listed.published_on, now.published_on) DESC NULLS LAST, now.url
        ) AS number
    FROM read AS now
    JOIN read AS before USING (site_code, url)
    LEFT JOIN listed USING (site_code, url)
    WHERE now.as_of = $as_of AND before.as_of = $since
        AND (now.text_sha256 <> before.text_sha256 OR now.title <> before.title)
        AND (listed.class IN $classes OR (listed.url IS NULL AND now.kind = 'article'))
), wanted AS MATERIALIZED (
    SELECT unnest([text_sha256, text_sha256_before]) AS sha256 FROM changed WHERE number <= $texts::INTEGER
), shown AS (
    -- Texts of one hash are equal; the view `text` would put together all texts there are.
    SELECT sha256, any_value(text) AS text FROM raw.page_text SEMI JOIN wanted USING (sha256) GROUP BY sha256
)
SELECT c.site_code, c.url, c.title, c.title_before, c.section_name, c.class, c.published_on,
    now.text AS text, before.text AS text_before
FROM changed AS c
LEFT JOIN shown AS now ON now.sha256 = c.text_sha256
LEFT JOIN shown AS before ON before.sha256 = c.text_sha256_before
ORDER BY c.number
