-- Which software do home pages name, and since when?
-- column server: Server header; null where none is sent
-- column generator: CMS as the page names it
-- column sites: sites that have answered so
-- column since_on: first night of the first of them
-- column still: of these, on the newest night
SELECT server, generator, count(DISTINCT site_code) AS sites, min(since_on) AS since_on,
    count(DISTINCT site_code) FILTER (WHERE until_on = (SELECT max(as_of) FROM home_header)) AS still
FROM home_header_life
GROUP BY server, generator
ORDER BY sites DESC, server, generator
