-- Entries that a section listed for the first time more than $days days after the date they state.
SELECT run_id, site_code, section_name, url, title, published_on, first_seen_on,
    first_seen_on - published_on AS days_late
FROM entry
WHERE run_id = $run_id AND days_late > $days
ORDER BY days_late DESC, site_code, section_name, url
