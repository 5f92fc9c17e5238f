-- The sections that the pages of each site name on $as_of: menus, site map, blocks of the home page, trails of list pages.
SELECT DISTINCT v.site_code, named.name AS section_name, named.url AS section_url
FROM night_visit AS v
JOIN (SELECT run_id, site_code, unnest(navigation) AS named FROM night.pages) AS p USING (run_id, site_code)
WHERE v.as_of = $as_of
ORDER BY ALL
