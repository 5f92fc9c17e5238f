-- Footer items of every page of a site that was read on $as_of, the home page at depth 0. `items` of the home page also
-- hold what the browser saw of it; of an entrance, what the pages behind it show.
WITH read AS (
    SELECT v.site_code, v.run_id, v.finish_reason, p.url, p.depth, p.kind, p.outcome, p.read_state, p.navigation_only, p.fetched_at,
        p.body_sha256, map_keys(p.footer) AS items, p.doubts
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages
        AND (p.depth = 0 OR p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read))
), drawn AS (
    SELECT t.site_code, flatten(list_transform(t.looks, lambda l: CASE WHEN l.kind = 'home' THEN l.seen ELSE [] END)) AS items,
        list_reduce(
            list_transform(t.looks, lambda l: CASE WHEN l.kind = 'home' THEN coalesce(l.doubts, MAP {}) ELSE MAP {} END),
            lambda a, b: map_concat(a, b), MAP {}::MAP(VARCHAR, VARCHAR)
        ) AS doubts
    FROM night_surroundings AS around
    JOIN service_trial AS t USING (run_id)
    WHERE around.as_of = $as_of
), home AS (
    SELECT *
    FROM read
    WHERE depth = 0
    QUALIFY row_number() OVER (PARTITION BY site_code ORDER BY fetched_at DESC, url) = 1
), behind AS (
    SELECT home.site_code, flatten(list(read.items)) AS items
    FROM home
    JOIN read ON read.site_code = home.site_code AND read.depth = 1
    WHERE home.navigation_only
    GROUP BY home.site_code
)
SELECT home.* REPLACE (
        list_sort(list_distinct(list_concat(home.items, coalesce(drawn.items, []), coalesce(behind.items, [])))) AS items,
        map_concat(home.doubts, coalesce(drawn.doubts, MAP {})) AS doubts
    )
FROM home
LEFT JOIN drawn USING (site_code)
LEFT JOIN behind USING (site_code)
UNION ALL
SELECT *
FROM read
WHERE depth > 0
ORDER BY site_code, depth, url
