-- What the sections of $site_codes published on each day from $since to $until, and the oldest day anything is known of.
-- A section that published nothing in that time has one row without a day.
WITH known AS (
    SELECT site_code, section_name, section_url, min(published_on) AS known_from
    FROM section_day
    WHERE site_code IN $site_codes AND published_on <= $until
    GROUP BY ALL
)
SELECT known.*, d.published_on, d.entries
FROM known
LEFT JOIN section_day AS d
    ON d.site_code = known.site_code AND d.section_name = known.section_name AND d.section_url = known.section_url
    AND d.published_on BETWEEN $since AND $until
ORDER BY known.site_code, known.section_url, known.section_name, d.published_on
