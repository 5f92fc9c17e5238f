-- Entries of 政策文件 and 政策解读 sections listed on $as_of, and what the page of each, where it was looked into, says.
SELECT s.class, e.site_code, e.url, min(e.section_url) AS section_url, min_by(e.title, e.section_url) AS title,
    min(e.published_on) AS published_on, any_value(p.url) IS NOT NULL AS read,
    coalesce(any_value(p.related), []) AS related, coalesce(any_value(p.interpreter), MAP {}) AS interpreter, any_value(p.source) AS source,
    any_value(p.run_id) AS run_id, any_value(p.fetched_at) AS fetched_at, any_value(p.body_sha256) AS body_sha256
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = v.as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
LEFT JOIN derived.visited_page AS p
    ON p.run_id = e.run_id AND p.site_code = e.site_code AND p.url = e.url AND p.outcome = 'ok' AND p.kind = 'article'
WHERE v.as_of = $as_of AND v.kind = 'sections' AND s.class IN ('政策文件', '政策解读')
GROUP BY s.class, e.site_code, e.url
ORDER BY e.site_code, s.class, e.url
