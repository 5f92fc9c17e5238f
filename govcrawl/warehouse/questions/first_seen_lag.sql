-- How many days after the day it states does an entry appear in its list? Only entries that came after the first night of the list.
-- column class: class of the section
-- column entries: entries that came while the list was watched
-- column same_day: of these, seen on the day they state
-- column median_days: median days
-- column slowest_tenth_days: days within which nine in ten came
-- column late: more than seven days after the day they state
WITH listed AS (
    SELECT DISTINCT site_code, section_url, url, class, published_on, first_seen_on FROM entry
), watched AS (
    SELECT site_code, section_url, min(first_seen_on) AS since_on FROM listed GROUP BY site_code, section_url
)
SELECT l.class, count(*) AS entries, count(*) FILTER (WHERE l.first_seen_on = l.published_on) AS same_day,
    median(l.first_seen_on - l.published_on) AS median_days,
    quantile_cont(l.first_seen_on - l.published_on, 0.9) AS slowest_tenth_days,
    count(*) FILTER (WHERE l.first_seen_on - l.published_on > 7) AS late
FROM listed AS l
JOIN watched AS w USING (site_code, section_url)
WHERE l.first_seen_on > w.since_on AND l.published_on IS NOT NULL
GROUP BY l.class
ORDER BY l.class
