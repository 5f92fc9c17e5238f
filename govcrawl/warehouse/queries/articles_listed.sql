-- Of the entries each portal of the registry of $assessment_id lists with a day of a month, on pages of its own: how many, and how many of these were read.
SELECT m.site_code, m.month, count(DISTINCT e.url)::INTEGER AS listed, count(DISTINCT a.url)::INTEGER AS read,
    bool_and(m.complete) AS watched
FROM published_month AS m
JOIN raw.site AS s ON s.site_code = m.site_code AND s.kind IN (SELECT word FROM words.site_kind WHERE portal)
JOIN derived.assessed_registry AS r ON r.registry_sha256 = s.registry_sha256 AND r.assessment_id = $assessment_id
JOIN derived.entry_seen AS e ON e.site_code = m.site_code AND strftime(e.published_on, '%Y-%m') = m.month
LEFT JOIN derived.article_seen AS a ON a.site_code = e.site_code AND a.url = e.url
WHERE split_part(e.url, '/', 3) = split_part(s.home_url, '/', 3)
GROUP BY m.site_code, m.month
ORDER BY m.site_code, m.month
