-- Entries of 办事指南 sections on $as_of, and what the page of each, where it was read, shows of a guide.
SELECT e.site_code, e.url, min(e.section_url) AS section_url, min_by(e.title, e.section_url) AS title,
    any_value(a.url) IS NOT NULL AS read, coalesce(any_value(a.guide_elements), []) AS guide_elements,
    any_value(a.doubts) AS doubts,
    any_value(a.run_id) AS run_id, any_value(a.fetched_at) AS fetched_at, any_value(a.body_sha256) AS body_sha256
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = $as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
LEFT JOIN night.articles AS a ON a.as_of = $as_of AND a.site_code = e.site_code AND a.url = e.url
WHERE v.as_of = $as_of AND v.of_lists AND s.class IN (SELECT word FROM words.section_class WHERE guides)
GROUP BY e.site_code, e.url
ORDER BY e.site_code, e.url
