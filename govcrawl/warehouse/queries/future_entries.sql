-- Entries of sections and home pages that carry a day after $as_of, each address once: as its section shows it, where one does.
WITH listed AS (
    SELECT e.site_code, e.url, e.title, e.published_on, e.date_origin, e.section_url AS origin_url, e.run_id,
        false AS on_home
    FROM night_entry AS e
    WHERE e.as_of = $as_of AND NOT e.year_assumed
    UNION ALL
    SELECT e.site_code, e.url, e.title, e.published_on, e.date_origin, e.page_url, e.run_id, true
    FROM night_visit AS v
    JOIN home_entry AS e USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages AND NOT e.year_assumed
)
SELECT site_code, url, min_by(title, (on_home, run_id, origin_url)) AS title, max(published_on) AS published_on,
    min_by(date_origin, (on_home, run_id, origin_url)) AS date_origin, min_by(origin_url, (on_home, run_id, origin_url)) AS origin_url,
    min(run_id) AS run_id
FROM listed
WHERE published_on > $as_of
GROUP BY site_code, url
ORDER BY site_code, url
