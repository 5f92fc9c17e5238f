-- How many articles of each portal and month name whom as their source.
SELECT m.site_code, m.month, m.source, m.articles
FROM source_month AS m
JOIN site AS s ON s.site_code = m.site_code AND s.kind = '门户'
WHERE m.source IS NOT NULL
ORDER BY m.site_code, m.month, m.source
