-- The entries sites listed last, the newest day first: what the search over the office's pages knows of articles.
-- $most: how many. An entry without a day of its own counts by the day it was first seen. A list that is as it was is looked at once.
WITH newest AS (
    SELECT site_code, url, max(day_on) AS day_on
    FROM (  -- an entry stands in two sections at most, or else a few less are told
        SELECT site_code, url, coalesce(published_on, first_seen_on) AS day_on
        FROM derived.entry_seen
        ORDER BY day_on DESC, site_code, url
        LIMIT 2 * $most
    )
    GROUP BY site_code, url
    ORDER BY day_on DESC, site_code, url
    LIMIT $most
), listed AS (
    SELECT run_id, site_code, section_name, unnest(entries, recursive := true)
    FROM raw.section_visit
    WHERE same_as_run IS NULL
)
SELECT n.site_code, n.url, arg_max(l.title, l.run_id) AS title, arg_max(l.section_name, l.run_id) AS section_name, any_value(n.day_on) AS day_on
FROM newest AS n
JOIN listed AS l ON l.site_code = n.site_code AND l.url = n.url
GROUP BY n.site_code, n.url
ORDER BY day_on DESC, n.site_code, n.url
