-- Of each site visited on $as_of: how many pages are known, and how many of these were read within 30 days.
SELECT v.site_code, c.known AS known_pages, c.read_within_30 AS pages_read
FROM night_visit AS v
JOIN site_coverage AS c USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages
ORDER BY v.site_code
