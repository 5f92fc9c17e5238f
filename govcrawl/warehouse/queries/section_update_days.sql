-- The civil days on which each section read on $as_of shows an update, with the number of entries of each day.
SELECT e.site_code, e.section_name, e.section_url, coalesce(e.published_on, p.published_on) AS updated_on,
    count(*)::INTEGER AS entries
FROM night_entry AS e
LEFT JOIN night.addresses AS p ON p.as_of = e.as_of AND p.site_code = e.site_code AND p.url = e.url
WHERE e.as_of = $as_of AND coalesce(e.published_on, p.published_on) <= $as_of
GROUP BY ALL
ORDER BY e.site_code, e.section_url, e.section_name, updated_on
