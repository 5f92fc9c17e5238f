CREATE VIEW entry AS
SELECT run_id, listed.site_code, section_name, listed.url, listed.title, listed.published_on, listed.date_origin,
    seen.first_seen_on, listed.section_url
FROM (
    SELECT run_id, site_code, section_name, section_url, unnest(entries, recursive := true)
    FROM raw.section_visit
) AS listed
LEFT JOIN derived.entry_seen AS seen
    ON seen.site_code = listed.site_code AND seen.section_url = listed.section_url AND seen.url = listed.url
    AND seen.title IN ('', listed.title);

COMMENT ON VIEW entry IS 'One row per entry of one section and run.';
COMMENT ON COLUMN entry.run_id IS 'Run that read the section, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN entry.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN entry.section_name IS 'Name of the section in the registry, e.g. 通知公告';
COMMENT ON COLUMN entry.url IS 'Address of the entry; the reference as written where only a script knows the address';
COMMENT ON COLUMN entry.title IS 'Text of the entry, e.g. 关于2026年国庆节放假的通知';
COMMENT ON COLUMN entry.published_on IS 'Civil day of the entry, seen in the list or on its page; null when seen on neither';
COMMENT ON COLUMN entry.date_origin IS 'Where that day was seen: tag, label, list, signature or text; a day in the address alone is not seen';
COMMENT ON COLUMN entry.first_seen_on IS 'Civil day (as_of) of the first run in which this section listed this entry';
COMMENT ON COLUMN entry.section_url IS 'Address of the section in the registry';
