-- Dated entries of $site_codes listed on $as_of and published from $since on, with the time their page prints, where it was read.
SELECT e.site_code, e.url, min_by(e.title, e.section_url) AS title, min(e.published_on) AS published_on,
    bool_or(s.class IN (SELECT word FROM words.section_class WHERE policies)) AS is_document,
    any_value(CASE WHEN a.date_origin <> 'url' THEN a.published_at END) AS published_at,
    any_value(a.source) AS source, any_value(a.doc_number) AS doc_number, any_value(e.run_id) AS run_id,
    any_value(a.body_sha256) AS body_sha256
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = $as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
LEFT JOIN night.articles AS a ON a.as_of = $as_of AND a.site_code = e.site_code AND a.url = e.url
WHERE v.as_of = $as_of AND v.of_lists AND e.site_code IN $site_codes
    AND e.published_on BETWEEN $since AND $as_of
GROUP BY e.site_code, e.url
ORDER BY e.site_code, e.url
