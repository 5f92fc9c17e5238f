CREATE VIEW source_month AS
SELECT a.site_code, strftime(a.published_on, '%Y-%m') AS month, a.source, count(*)::INTEGER AS articles
FROM derived.article_seen AS a
WHERE a.published_on IS NOT NULL
GROUP BY a.site_code, month, a.source;

COMMENT ON VIEW source_month IS 'One row per site, month and source as printed: how many articles that were read name it.';
COMMENT ON COLUMN source_month.site_code IS 'Site that published the articles';
COMMENT ON COLUMN source_month.month IS 'Month the articles print of themselves, e.g. 2026-11';
COMMENT ON COLUMN source_month.source IS 'Whom they name as their source (来源), as printed; null: nobody';
COMMENT ON COLUMN source_month.articles IS 'Articles that were read; what was not read is not in here';
