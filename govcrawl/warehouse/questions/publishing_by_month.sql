-- In which months of the year do sites publish, by class of section? Seasonality, over all years that lists still show.
-- param since DATE = 2020-01-01: first day counted
-- column class: class of the section
-- column month: month of the year, 1 to 12
-- column entries: different entries of that month, years together
-- column share: share of the entries of the class
SELECT s.class, month(d.published_on) AS month, sum(d.entries)::BIGINT AS entries,
    round(sum(d.entries) / sum(sum(d.entries)) OVER (PARTITION BY s.class), 3) AS share
FROM section_day AS d
JOIN section AS s ON s.site_code = d.site_code AND s.url = d.section_url AND s.name = d.section_name
WHERE d.published_on >= $since::DATE
GROUP BY s.class, month
ORDER BY s.class, month
