-- Entries of 调查征集 sections on $as_of, and what the page of each, where it was read, says of its days and its result.
-- `published_on`: the earliest day seen for it in the list or on its page.
SELECT e.site_code, e.url, min(e.section_url) AS section_url, min_by(e.title, e.section_url) AS title,
    least(
        min(e.published_on),
        any_value(CASE WHEN a.date_origin <> 'url' THEN try_cast(a.published_at AS DATE) END)
    ) AS published_on,
    any_value(a.url) IS NOT NULL AS read, any_value(a.consultation_opens_on) AS opens_on,
    any_value(a.consultation_closes_on) AS closes_on, any_value(a.consultation_result) AS result,
    any_value(a.run_id) AS run_id, any_value(a.fetched_at) AS fetched_at, any_value(a.body_sha256) AS body_sha256
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = $as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
LEFT JOIN night.articles AS a ON a.as_of = $as_of AND a.site_code = e.site_code AND a.url = e.url
WHERE v.as_of = $as_of AND v.of_lists AND s.class IN (SELECT word FROM words.section_class WHERE consultations)
GROUP BY e.site_code, e.url
ORDER BY e.site_code, e.url
