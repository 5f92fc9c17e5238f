-- What sections of $classes list for the first time on $as_of, as far as the same list was read on $since as well.
-- Where the list was not read before, nobody can say what is new in it.
WITH lists AS (
    SELECT v.as_of, v.site_code, s.section_name, s.section_url, s.class
    FROM night_visit AS v
    JOIN raw.section_visit AS read USING (run_id, site_code)
    JOIN night_section AS s
        ON s.as_of = v.as_of AND s.site_code = v.site_code AND s.section_name = read.section_name
        AND s.section_url = read.section_url
    WHERE v.of_lists AND v.as_of IN ($as_of, $since) AND read.outcome IN (SELECT word FROM words.outcome WHERE ok) AND s.class IN $classes
)
SELECT e.site_code, e.url,
    min_by(e.title, e.section_url) AS title,
    min_by(e.section_name, e.section_url) AS section_name,
    min_by(tonight.class, e.section_url) AS class,
    max(coalesce(e.published_on, p.published_on)) AS published_on
FROM night_entry AS e
JOIN lists AS tonight USING (as_of, site_code, section_name, section_url)
SEMI JOIN (SELECT site_code, section_url FROM lists WHERE as_of = $since) AS before
    ON before.site_code = e.site_code AND before.section_url = e.section_url
JOIN derived.entry_seen AS seen
    ON seen.site_code = e.site_code AND seen.section_url = e.section_url AND seen.url = e.url
    AND seen.title IN ('', e.title)
LEFT JOIN (
    SELECT v.site_code, d.url, max(d.published_on) AS published_on
    FROM night_visit AS v
    JOIN night.printed_days AS d USING (run_id, site_code)
    WHERE v.as_of = $as_of
    GROUP BY v.site_code, d.url
) AS p ON p.site_code = e.site_code AND p.url = e.url
WHERE e.as_of = $as_of AND seen.first_seen_on = $as_of
GROUP BY e.site_code, e.url
ORDER BY e.site_code, published_on DESC NULLS LAST, e.url
