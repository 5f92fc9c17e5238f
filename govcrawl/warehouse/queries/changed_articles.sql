-- Articles listed in sections of $classes whose main text on $as_of is not what it was on $since; both days read it.
WITH listed AS (
    SELECT e.site_code, e.url,
        min_by(e.section_name, e.section_url) AS section_name,
        min_by(s.class, e.section_url) AS class,
        max(e.published_on) AS published_on
    FROM night_entry AS e
    JOIN night_section AS s USING (as_of, site_code, section_name, section_url)
    WHERE e.as_of = $as_of AND s.class IN $classes
    GROUP BY e.site_code, e.url
), read AS (
    SELECT v.as_of, p.site_code, p.url,
        max_by(p.text_sha256, p.fetched_at) AS text_sha256,
        max_by(p.title, p.fetched_at) AS title
    FROM (SELECT DISTINCT as_of, run_id, site_code FROM night_visit WHERE as_of IN ($as_of, $since)) AS v
    JOIN derived.visited_page AS p USING (run_id, site_code)
    WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.text_sha256 IS NOT NULL
    GROUP BY v.as_of, p.site_code, p.url
)
SELECT site_code, url, now.title, before.title AS title_before, section_name, class, published_on
FROM read AS now
JOIN read AS before USING (site_code, url)
JOIN listed USING (site_code, url)
WHERE now.as_of = $as_of AND before.as_of = $since AND now.text_sha256 <> before.text_sha256
ORDER BY site_code, published_on DESC NULLS LAST, url
