-- Entries of 政策文件 and 政策解读 sections listed on $as_of, and what the page of each, where it was looked into, says.
WITH looked AS (
    SELECT p.site_code, p.url, p.run_id, p.fetched_at, p.body_sha256, p.related, p.interpreter, p.source, p.doubts
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_lists AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
        AND p.read_state IN (SELECT word FROM words.read_state WHERE read) AND p.kind = 'article'
    QUALIFY row_number() OVER (PARTITION BY p.site_code, p.url ORDER BY p.fetched_at DESC) = 1
)
SELECT s.class, e.site_code, e.url, min(e.section_url) AS section_url, min_by(e.title, e.section_url) AS title,
    min(e.published_on) AS published_on, any_value(p.url) IS NOT NULL AS read,
    coalesce(any_value(p.related), []) AS related, coalesce(any_value(p.interpreter), MAP {}) AS interpreter, any_value(p.source) AS source, any_value(p.doubts) AS doubts,
    any_value(p.run_id) AS run_id, any_value(p.fetched_at) AS fetched_at, any_value(p.body_sha256) AS body_sha256
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = $as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
LEFT JOIN looked AS p ON p.site_code = e.site_code AND p.url = e.url
WHERE v.as_of = $as_of AND v.of_lists AND s.class IN (SELECT word FROM words.section_class WHERE on_policy)
GROUP BY s.class, e.site_code, e.url
ORDER BY e.site_code, s.class, e.url
