-- Whom do sites name as the source of their articles?
-- column source: source as printed
-- column sites: sites that name it
-- column articles: articles that name it
SELECT source, count(DISTINCT site_code) AS sites, sum(articles)::BIGINT AS articles
FROM source_month
WHERE source IS NOT NULL
GROUP BY source
ORDER BY sites DESC, articles DESC, source
LIMIT 30
