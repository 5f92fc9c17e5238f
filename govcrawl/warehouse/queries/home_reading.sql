-- What the home page of each site shows of updates on $as_of; of an entrance, what the pages behind it show.
-- An entry counts with the newest day seen for it in the list or on its page, days after $as_of left out. `unread`:
-- entries without any day whose page lies on the site and was not read for it, or whose year nobody printed, so that nobody
-- knows. `date_doubt`: what may be the day of one whose page was read and shows none that was recognised, there or beside
-- its row.
WITH home AS (
    SELECT v.site_code, v.run_id, v.finish_reason, p.url AS home_url, p.outcome, p.read_state, p.status, p.navigation_only,
        p.fetched_at, p.body_sha256, p.doubts['date'] AS beside_rows
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages AND p.depth = 0
    QUALIFY row_number() OVER (PARTITION BY v.site_code ORDER BY p.fetched_at DESC, p.url) = 1
), tonight AS (
    SELECT site_code, url, title, date_sought, date_doubt, published_on
    FROM night.addresses
    WHERE as_of = $as_of
), shown AS (
    SELECT home.site_code,
        coalesce(e.published_on, tonight.published_on) IS NULL AS undated,
        greatest(
            CASE WHEN e.published_on <= $as_of AND NOT e.year_assumed THEN e.published_on END,
            CASE WHEN tonight.published_on <= $as_of THEN tonight.published_on END
        ) AS updated_on,
        (link.internal AND link.kind IN (SELECT word FROM words.link_kind WHERE page) AND NOT coalesce(tonight.date_sought, false)) AS unread,
        e.year_assumed AND tonight.published_on IS NULL AS unproven,
        derived.date_doubt(tonight.date_doubt, e.title, tonight.title) AS date_doubt
    FROM home
    JOIN home_entry AS e USING (run_id, site_code)
    LEFT JOIN tonight ON tonight.site_code = e.site_code AND tonight.url = e.url
    LEFT JOIN night.links AS link ON link.run_id = e.run_id AND link.site_code = e.site_code AND link.target_url = e.url
), behind AS (
    SELECT site_code, count(*) FILTER (WHERE NOT (p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read))) AS unread_pages
    FROM home
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE p.depth = 1 AND home.navigation_only
    GROUP BY site_code
)
SELECT home.* EXCLUDE (beside_rows), coalesce(behind.unread_pages, 0)::INTEGER AS unread_pages,
    counted.* EXCLUDE (site_code, date_doubt),
    coalesce(counted.date_doubt, CASE WHEN counted.undated > 0 THEN home.beside_rows END) AS date_doubt
FROM home
LEFT JOIN behind USING (site_code)
LEFT JOIN (
    SELECT site_code, count(*)::INTEGER AS entries,
        count(*) FILTER (WHERE undated)::INTEGER AS undated,
        count(*) FILTER (WHERE (undated AND unread) OR unproven)::INTEGER AS unread,
        max(date_doubt) FILTER (WHERE undated) AS date_doubt,
        max(updated_on) AS last_entry_on
    FROM shown
    GROUP BY site_code
) AS counted USING (site_code)
ORDER BY site_code
