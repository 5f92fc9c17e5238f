-- What sections of $classes list for the first time on $as_of, as far as the same list was read on $since as well.
-- Where the list was not read before, nobody can say what is new in it.
WITH lists AS (
    SELECT v.as_of, v.run_id, v.site_code, a.section_name, a.section_url, a.class
    FROM night_visit AS v
    JOIN section_activity AS a USING (run_id, site_code)
    WHERE v.kind = 'sections' AND v.as_of IN ($as_of, $since) AND a.outcome = 'ok' AND a.class IN $classes
)
SELECT e.site_code, e.url,
    min_by(e.title, e.section_url) AS title,
    min_by(e.section_name, e.section_url) AS section_name,
    min_by(tonight.class, e.section_url) AS class,
    max(coalesce(e.published_on, p.published_on)) AS published_on
FROM entry AS e
JOIN lists AS tonight USING (run_id, site_code, section_name, section_url)
SEMI JOIN (SELECT site_code, section_url FROM lists WHERE as_of = $since) AS before
    ON before.site_code = e.site_code AND before.section_url = e.section_url
LEFT JOIN night_page AS p ON p.as_of = tonight.as_of AND p.site_code = e.site_code AND p.url = e.url
WHERE tonight.as_of = $as_of AND e.first_seen_on = $as_of
GROUP BY e.site_code, e.url
ORDER BY e.site_code, published_on DESC NULLS LAST, e.url
