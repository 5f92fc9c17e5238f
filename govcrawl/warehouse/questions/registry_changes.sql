-- What did the office change in its registry of sites, and when?
-- column site_code: site
-- column name: its name from then on
-- column since_on: first night of the new entry
-- column status: whether it runs from then on
SELECT site_code, name, since_on, status
FROM (
    SELECT *, row_number() OVER (PARTITION BY site_code ORDER BY since_on) AS place, min(since_on) OVER () AS begun_on FROM site_life
)
WHERE place > 1 OR since_on > begun_on
ORDER BY since_on, site_code
