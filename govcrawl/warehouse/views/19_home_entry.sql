CREATE VIEW home_entry AS
SELECT run_id, site_code, url, title, published_on, date_origin, page_url, year_assumed
FROM derived.home_entry;

COMMENT ON VIEW home_entry IS 'One row per entry of the home page of one site in one site run; for a home page that is only an entrance, of the pages it leads to.';
COMMENT ON COLUMN home_entry.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN home_entry.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN home_entry.url IS 'Address of the entry';
COMMENT ON COLUMN home_entry.title IS 'Text of the entry';
COMMENT ON COLUMN home_entry.published_on IS 'Civil day of the entry, seen in the list or on its page visited in the same run; null otherwise';
COMMENT ON COLUMN home_entry.date_origin IS 'Where that day was seen: tag, label, list, signature or text; a day in the address alone is not seen';
COMMENT ON COLUMN home_entry.page_url IS 'Page that shows the entry: the home page, or one behind an entrance';
COMMENT ON COLUMN home_entry.year_assumed IS 'Only month and day are printed, and the page of the entry shows no day';
