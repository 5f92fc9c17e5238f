-- In which charsets do pages come, and how often do they declare another?
-- column charset_used: charset the page was read with
-- column sites: sites
-- column pages: different pages
-- column declared_otherwise: of these, declaring another name, gb2312 for gb18030 too
-- column undeclared: of these, declaring none
SELECT charset_used, count(DISTINCT site_code) AS sites, count(*) AS pages,
    count(*) FILTER (WHERE lower(charset_declared) <> lower(charset_used)) AS declared_otherwise,
    count(*) FILTER (WHERE charset_declared IS NULL) AS undeclared
FROM (SELECT site_code, url, arg_max(charset_used, (fetched_at, run_id)) AS charset_used,
        arg_max_null(charset_declared, (fetched_at, run_id)) AS charset_declared FROM page WHERE charset_used IS NOT NULL GROUP BY site_code, url)
GROUP BY charset_used
ORDER BY pages DESC, charset_used
