CREATE VIEW source_month AS
SELECT a.site_code, strftime(a.published_on, '%Y-%m') AS month, a.source, count(*)::INTEGER AS articles
FROM derived.article_seen AS a
WHERE a.published_on IS NOT NULL
GROUP BY a.site_code, month, a.source;

COMMENT ON VIEW source_month IS 'One row per site, month and source as printed: how many articles that were read name it.';
