CREATE VIEW entry AS
SELECT run_id, site_code, section_name, listed.url, listed.title, listed.published_on, listed.date_origin,
    first_seen_on, section_url
FROM (
    SELECT run_id, site_code, section_name, section_url, unnest(entries, recursive := true)
    FROM raw.section_visit
) AS listed
LEFT JOIN derived.entry_seen USING (site_code, section_url, url);

COMMENT ON VIEW entry IS 'One row per entry of one section and run.';
COMMENT ON COLUMN entry.run_id IS 'Run that read the section, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN entry.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN entry.section_name IS 'Name of the section in the registry, e.g. 通知公告';
COMMENT ON COLUMN entry.url IS 'Address of the entry';
COMMENT ON COLUMN entry.title IS 'Text of the entry, e.g. 关于2026年国庆节放假的通知';
COMMENT ON COLUMN entry.published_on IS 'Civil day of the entry, seen in the list or on its page; null when seen on neither';
COMMENT ON COLUMN entry.date_origin IS 'Where that day was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN entry.first_seen_on IS 'Civil day (as_of) of the first run in which this section listed this address';
COMMENT ON COLUMN entry.section_url IS 'Address of the section in the registry';
