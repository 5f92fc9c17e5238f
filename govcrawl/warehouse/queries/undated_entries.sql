-- Entries of sections of $classes whose day is seen neither in the list nor on their page, though the page was read for one.
-- `doubt`: what may be its day all the same, on its page or beside a row of the list.
WITH tonight AS MATERIALIZED (
    SELECT * FROM night.addresses WHERE as_of = $as_of
)
SELECT e.site_code, e.url, min(e.section_url) AS section_url, min_by(e.section_name, e.section_url) AS section_name,
    min_by(e.title, e.section_url) AS title, any_value(p.run_id) AS run_id, any_value(p.fetched_at) AS fetched_at,
    any_value(p.body_sha256) AS body_sha256,
    coalesce(max(derived.date_doubt(p.date_doubt, e.title, p.title)), max(list.date_doubt)) AS doubt
FROM night_entry AS e
JOIN night_section AS s
    ON s.as_of = e.as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
JOIN tonight AS p ON p.site_code = e.site_code AND p.url = e.url
LEFT JOIN tonight AS list ON list.site_code = e.site_code AND list.url = e.section_url
WHERE e.as_of = $as_of AND s.class IN $classes AND p.date_sought
    AND e.published_on IS NULL AND p.published_on IS NULL
GROUP BY e.site_code, e.url
ORDER BY e.site_code, e.url
