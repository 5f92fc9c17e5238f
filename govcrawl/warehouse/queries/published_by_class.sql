-- Entries that each site's sections published from $since to $until, by class of section, and the first day the site was read.
SELECT d.site_code, s.class, sum(d.entries)::INTEGER AS entries
FROM section_day AS d
JOIN section AS s ON s.site_code = d.site_code AND s.url = d.section_url AND s.name = d.section_name
WHERE d.published_on BETWEEN $since AND $until
GROUP BY ALL
ORDER BY d.site_code, s.class
