-- How many days after the first site do others show the same text?
-- column days: days after the earliest copy
-- column copies: copies on other sites
WITH copy AS (
    SELECT text_sha256, site_code, min(published_at)::DATE AS published_on
    FROM page
    WHERE kind = 'article' AND text_sha256 IS NOT NULL AND published_at IS NOT NULL
    GROUP BY text_sha256, site_code
)
SELECT published_on - first_on AS days, count(*) AS copies
FROM (
    SELECT published_on, min(published_on) OVER text AS first_on,
        row_number() OVER (PARTITION BY text_sha256 ORDER BY published_on, site_code) AS place
    FROM copy
    WINDOW text AS (PARTITION BY text_sha256)
)
WHERE place > 1
GROUP BY days
ORDER BY days
