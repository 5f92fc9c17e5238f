-- Letters that the 政务咨询 sections of running sites list on $as_of, those listed twice once.
SELECT l.site_code, l.section_url, coalesce(l.url, l.section_url) AS url, l.title, min(l.received_on) AS received_on,
    bool_or(l.answered) AS answered, v.run_id
FROM night_visit AS v
JOIN section_letter AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_lists AND l.received_on IS NOT NULL
GROUP BY ALL
ORDER BY ALL
