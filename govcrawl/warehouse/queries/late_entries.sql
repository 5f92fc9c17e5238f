-- Entries of $as_of that an earlier reading proves to have come more than $days days after the day they state: that reading was
-- nightly, whole, came after the stated day by as much, and reached back beyond it; it listed neither their address nor their title.
-- An entry that stood anywhere else on the site before is moved, not backdated. Asked are the 40 nights before it was first seen.
-- `rebuilt`: more than three entries and more than half of the list came late at once, so the list was built anew: not asked.
WITH limits AS (
    SELECT 40 AS nights_before, -- the first sight of an entry, whose readings may prove that it was not there
        3 AS few_entries, 0.5 AS share_of_list -- more late ones than both at once: the list was built anew
), known AS (
    SELECT site_code, section_url, min(first_seen_on) AS known_since
    FROM derived.entry_seen
    GROUP BY site_code, section_url
), tonight AS (
    SELECT e.site_code, e.section_name, e.section_url, e.url, e.title, e.published_on, e.date_origin, e.first_seen_on,
        e.run_id, coalesce(e.published_on + $days::INTEGER < e.first_seen_on, false) AS late
    FROM night_visit AS v
    JOIN entry AS e USING (run_id, site_code)
    JOIN known AS k ON k.site_code = e.site_code AND k.section_url = e.section_url AND k.known_since < e.first_seen_on
    WHERE v.as_of = $as_of AND v.of_lists AND regexp_matches(e.url, '^https?:')
), every_late AS (
    SELECT tonight.* EXCLUDE (late),
        count(*) FILTER (WHERE late) OVER section > greatest(few_entries, share_of_list * count(*) OVER section) AS rebuilt
    FROM tonight, limits
    WINDOW section AS (PARTITION BY site_code, section_name, section_url)
    QUALIFY late
), listed AS (
    SELECT *
    FROM every_late
    WHERE NOT rebuilt
), night AS (
    SELECT DISTINCT v.run_id, v.as_of, v.site_code
    FROM night_visit AS v
    JOIN listed AS l
        ON l.site_code = v.site_code AND v.as_of < l.first_seen_on AND v.as_of >= l.first_seen_on - (SELECT nights_before FROM limits)
    WHERE v.of_lists
), reading AS (
    SELECT n.as_of, s.site_code, s.section_url,
        list_min(list_transform(s.entries, lambda e: e.published_on)) AS reaches_to,
        list_transform(s.entries, lambda e: e.title) AS titles
    FROM (FROM derived.section_list WHERE run_id IN (SELECT run_id FROM night)) AS s
    JOIN night AS n USING (run_id, site_code)
    SEMI JOIN listed AS l ON l.site_code = s.site_code AND l.section_url = s.section_url
    WHERE s.complete AND s.outcome IN (SELECT word FROM words.outcome WHERE ok)
), proven AS (
    SELECT l.site_code, l.section_url, l.url, l.title, count(*)::INTEGER AS readings, max(r.as_of) AS absent_on
    FROM listed AS l
    JOIN reading AS r
        ON r.site_code = l.site_code AND r.section_url = l.section_url AND r.as_of < l.first_seen_on
        AND r.as_of > l.published_on + $days::INTEGER AND r.reaches_to <= l.published_on
        AND NOT list_contains(r.titles, l.title)
    GROUP BY ALL
), elsewhere AS (
    SELECT seen.site_code, seen.url, min(seen.first_seen_on) AS first_seen_on
    FROM derived.entry_seen AS seen
    SEMI JOIN listed AS l ON l.site_code = seen.site_code AND l.url = seen.url
    GROUP BY seen.site_code, seen.url
)
SELECT l.site_code, l.section_name, l.section_url, l.url, l.title, l.published_on, l.date_origin, l.first_seen_on,
    p.absent_on, p.readings, l.rebuilt, l.run_id
FROM listed AS l
JOIN proven AS p USING (site_code, section_url, url, title)
JOIN elsewhere AS e ON e.site_code = l.site_code AND e.url = l.url AND e.first_seen_on = l.first_seen_on
UNION ALL
SELECT site_code, section_name, section_url, url, title, published_on, date_origin, first_seen_on, NULL, 0, rebuilt, run_id
FROM every_late
WHERE rebuilt
ORDER BY site_code, url, section_url
