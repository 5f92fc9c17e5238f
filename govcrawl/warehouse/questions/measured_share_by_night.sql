-- How many of the registered sites did each night measure?
-- column as_of: inspected day
-- column sites: running sites registered
-- column reached: home page read and pages visited
-- column complete: nothing in scope left out
-- column reached_share: share
SELECT s.as_of, count(*) AS sites,
    count(*) FILTER (WHERE v.finish_reason IN (SELECT word FROM words.finish_reason WHERE reached)) AS reached,
    count(*) FILTER (WHERE v.complete) AS complete,
    round(count(*) FILTER (WHERE v.finish_reason IN (SELECT word FROM words.finish_reason WHERE reached)) / count(*), 3) AS reached_share
FROM night_site AS s
LEFT JOIN (FROM night_visit WHERE of_pages) AS v USING (as_of, site_code)
GROUP BY s.as_of
ORDER BY s.as_of
