-- The entries sites listed last, the newest day first: what the search over the office's pages knows of articles.
-- $most: how many. An entry without a day of its own counts by the day it was first seen.
SELECT site_code, url, arg_max(title, first_seen_on) AS title, arg_max(section_name, first_seen_on) AS section_name,
    max(coalesce(published_on, first_seen_on)) AS day_on
FROM entry
WHERE title <> ''
GROUP BY site_code, url
ORDER BY day_on DESC, site_code, url
LIMIT $most
