CREATE VIEW derived.visited_page AS
SELECT *
FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at);

COMMENT ON VIEW derived.visited_page IS 'One row per page and run: the last try, with its lists. The views page, home_entry and home_activity stand on it.';
COMMENT ON COLUMN derived.visited_page.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN derived.visited_page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.visited_page.url IS 'Address requested, absolute and normalised';
COMMENT ON COLUMN derived.visited_page.final_url IS 'Address the answer came from after redirects';
COMMENT ON COLUMN derived.visited_page.status IS 'HTTP status, null when no answer came, e.g. 404';
COMMENT ON COLUMN derived.visited_page.outcome IS 'Outcome word, e.g. ok or not_found';
COMMENT ON COLUMN derived.visited_page.fetched_at IS 'Instant (UTC) the request began';
COMMENT ON COLUMN derived.visited_page.elapsed_s IS 'Seconds until the whole answer was there, e.g. 0.35';
COMMENT ON COLUMN derived.visited_page.depth IS 'Clicks from the home page, which is 0';
COMMENT ON COLUMN derived.visited_page.rendered IS 'Read through the browser';
COMMENT ON COLUMN derived.visited_page.size_bytes IS 'Bytes of the body as transferred to us, e.g. 29812';
COMMENT ON COLUMN derived.visited_page.content_type IS 'Content-Type header as sent, e.g. text/html; charset=utf-8';
COMMENT ON COLUMN derived.visited_page.redirects IS 'Addresses passed through before final_url, in order';
COMMENT ON COLUMN derived.visited_page.kind IS 'home, section, article or other; null when nothing could be read';
COMMENT ON COLUMN derived.visited_page.title IS 'Title of the page';
COMMENT ON COLUMN derived.visited_page.published_at IS 'Civil time the page prints of itself, exactly as far as it prints it, e.g. 2026-11-22T10:08';
COMMENT ON COLUMN derived.visited_page.date_origin IS 'Where that time was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN derived.visited_page.shown_on IS 'Civil date a reader sees, where it differs by a day or more from the official tag in published_at; null where they agree';
COMMENT ON COLUMN derived.visited_page.charset_declared IS 'Charset the page or its header declares, e.g. gb2312';
COMMENT ON COLUMN derived.visited_page.charset_used IS 'Charset it was read with, e.g. gb18030';
COMMENT ON COLUMN derived.visited_page.body_sha256 IS 'SHA-256 of the body bytes';
COMMENT ON COLUMN derived.visited_page.text_sha256 IS 'SHA-256 of the main text without counters, tokens and "today is"';
COMMENT ON COLUMN derived.visited_page.navigation_only IS 'A home page that is nothing but an entrance';
COMMENT ON COLUMN derived.visited_page.tags IS 'Official meta tags found, name to value, e.g. SiteName';
COMMENT ON COLUMN derived.visited_page.footer IS 'Footer items found: party_mark site_code icp police_record unit contact ticket_entry';
COMMENT ON COLUMN derived.visited_page.entries IS 'Dated lines of a list or home page';
COMMENT ON COLUMN derived.visited_page.first_link_no IS 'Number of the first target in new_links within its site and run';
COMMENT ON COLUMN derived.visited_page.new_links IS 'Targets first met on this page';
COMMENT ON COLUMN derived.visited_page.link_nos IS 'Numbers of every target on this page';
COMMENT ON COLUMN derived.visited_page.navigation IS 'Sections the page names: a home page or site map all, a list page itself by its trail; place is menu, map, more or trail';
COMMENT ON COLUMN derived.visited_page.source IS 'Whom the article names as its source (来源, ContentSource), e.g. 岚川市教育局';
