-- Which texts stand on several sites, who had them first, and how long did they travel?
-- param sites INTEGER = 2: fewest sites
-- column text_sha256: the text (view text)
-- column title: title of the earliest page
-- column sites: sites that have it
-- column first_site: site that states the earliest day
-- column first_on: that day
-- column days: days from the first to the last
WITH copy AS (
    SELECT text_sha256, site_code, arg_min(title, (published_at, url)) AS title, min(published_at)::DATE AS published_on
    FROM page
    WHERE kind = 'article' AND text_sha256 IS NOT NULL AND published_at IS NOT NULL
    GROUP BY text_sha256, site_code
)
SELECT text_sha256, arg_min(title, (published_on, site_code)) AS title, count(*) AS sites,
    arg_min(site_code, (published_on, site_code)) AS first_site, min(published_on) AS first_on, max(published_on) - min(published_on) AS days
FROM copy
GROUP BY text_sha256
HAVING count(*) >= $sites
ORDER BY sites DESC, first_on, text_sha256
