-- What the home page of each running site answered on $as_of, where it led, what its footer says, and how the visit of the
-- site ended; null where nothing came.
SELECT s.site_code, v.home_outcome, v.robots, v.finish_reason, home.final_url,
    home.footer['icp'] AS icp, home.footer['police_record'] AS police_record, home.footer['contact'] AS contact
FROM night_site AS s
LEFT JOIN night_visit AS v ON v.as_of = s.as_of AND v.site_code = s.site_code AND v.of_pages
LEFT JOIN night.homes AS home ON home.run_id = v.run_id AND home.site_code = s.site_code
WHERE s.as_of = $as_of
ORDER BY s.site_code
