-- One visit reads lists and pages in one run: which entries of a list were not read and why, which templates it did not read on.
ALTER TABLE raw.section_visit ADD COLUMN unread STRUCT(url VARCHAR, reason VARCHAR)[] DEFAULT [];
ALTER TABLE raw.section_visit ALTER COLUMN unread SET NOT NULL;
ALTER TABLE raw.site_visit ADD COLUMN refused MAP(VARCHAR, INTEGER) DEFAULT MAP {};
ALTER TABLE raw.site_visit ALTER COLUMN refused SET NOT NULL;
COMMENT ON COLUMN raw.section_visit.unread IS 'Entries of the term whose pages were not read, and why: max_pages, max_seconds, max_bytes, long_address, not_attempted';
COMMENT ON COLUMN raw.site_visit.refused IS 'Addresses that differ in digits only and were not read on, for the first brought nothing new: template to how many';
COMMENT ON TABLE raw.site_visit IS 'One site in one run that visits sites: how far the visit came.';
COMMENT ON TABLE derived.home_entry IS 'One entry of the home page of one site in one visit, worked out once at load; for a home page that is only an entrance, of the pages it leads to.';
COMMENT ON TABLE derived.link IS 'One target of one site in one visit, counted once at load from the pages of that visit.';
