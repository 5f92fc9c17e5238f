-- How many entries with a day in [$since, $as_of] each site shows on its home page, and there or in any section read
-- on $as_of; `unread`: entries without any day whose page was not read, so that nobody knows.
WITH tonight AS (
    SELECT site_code, url, read, published_on
    FROM night.addresses
    WHERE as_of = $as_of
), shown AS (
    SELECT v.site_code, e.url, e.published_on, true AS on_home
    FROM night_visit AS v
    JOIN home_entry AS e USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages
    UNION ALL
    SELECT v.site_code, e.url, e.published_on, false
    FROM night_visit AS v
    JOIN entry AS e USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_lists
), dated AS (
    SELECT site_code, url,
        bool_or(on_home) AS on_home,
        max(greatest(
            CASE WHEN shown.published_on <= $as_of THEN shown.published_on END,
            CASE WHEN tonight.published_on <= $as_of THEN tonight.published_on END
        )) AS updated_on,
        bool_and(coalesce(shown.published_on, tonight.published_on) IS NULL AND NOT coalesce(tonight.read, false))
            AS unread
    FROM shown
    LEFT JOIN tonight USING (site_code, url)
    GROUP BY site_code, url
)
SELECT site_code,
    count(*) FILTER (WHERE on_home AND updated_on >= $since)::INTEGER AS on_home,
    count(*) FILTER (WHERE updated_on >= $since)::INTEGER AS anywhere,
    count(*) FILTER (WHERE unread)::INTEGER AS unread
FROM dated
GROUP BY site_code
ORDER BY site_code
