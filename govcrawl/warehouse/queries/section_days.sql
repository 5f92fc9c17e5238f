-- What the sections of $site_codes (by the registry of $assessment_id) published on each day from $since to $until, and
-- the oldest day anything is known of. A section that published nothing in that time has one row without a day.
WITH day AS (
    SELECT d.site_code, s.name AS section_name, d.section_url, d.published_on, d.entries
    FROM derived.list_day AS d
    JOIN raw.section AS s ON s.site_code = d.site_code AND s.url = d.section_url
    JOIN derived.assessed_registry AS r ON r.registry_sha256 = s.registry_sha256 AND r.assessment_id = $assessment_id
    WHERE d.site_code IN $site_codes AND d.published_on <= $until
), known AS (
    SELECT site_code, section_name, section_url, min(published_on) AS known_from
    FROM day
    GROUP BY ALL
)
SELECT known.*, d.published_on, d.entries
FROM known
LEFT JOIN day AS d
    ON d.site_code = known.site_code AND d.section_name = known.section_name AND d.section_url = known.section_url
    AND d.published_on >= $since
ORDER BY known.site_code, known.section_url, known.section_name, d.published_on
