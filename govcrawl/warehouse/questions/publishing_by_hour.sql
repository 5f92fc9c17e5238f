-- At which hour of the day do articles say they were published? Only pages that print a time.
-- column hour: hour in Asia/Shanghai
-- column articles: different articles
SELECT hour(published_at) AS hour, count(DISTINCT url) AS articles
FROM page
WHERE kind = 'article' AND published_at IS NOT NULL AND published_at <> date_trunc('day', published_at)
GROUP BY hour
ORDER BY hour
