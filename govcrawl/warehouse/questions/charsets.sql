-- In which charsets do pages come, and how often do they declare another?
-- column charset_used: charset the page was read with
-- column sites: sites
-- column pages: different pages
-- column declared_otherwise: of these, declaring another name, gb2312 for gb18030 too
-- column undeclared: of these, declaring none
SELECT charset_used, count(DISTINCT site_code) AS sites, count(*) AS pages,
    count(*) FILTER (WHERE lower(charset_declared) <> lower(charset_used)) AS declared_otherwise,
    count(*) FILTER (WHERE charset_declared IS NULL) AS undeclared
FROM (SELECT site_code, url, any_value(charset_used) AS charset_used, any_value(charset_declared) AS charset_declared FROM page GROUP BY site_code, url)
WHERE charset_used IS NOT NULL
GROUP BY charset_used
ORDER BY pages DESC, charset_used
