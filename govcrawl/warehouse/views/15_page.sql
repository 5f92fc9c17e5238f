CREATE VIEW page AS
SELECT run_id, site_code, url, final_url, status, outcome, fetched_at, elapsed_s, depth, title,
    try_cast(published_at AS TIMESTAMP) AS published_at,
    date_origin, charset_declared, charset_used, body_sha256,
    kind, rendered, size_bytes, content_type, redirects, text_sha256, navigation_only, tags, footer, shown_on, source,
    doc_number, guide_elements, consultation_opens_on, consultation_closes_on, consultation_result, interpreter, related, doubts,
    CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN coalesce(read_state, 'read') ELSE read_state END
        AS read_state,
    len(entries)::INTEGER AS entries, len(link_nos)::INTEGER AS links
FROM derived.visited_page;

COMMENT ON VIEW page IS 'One row per page and run, also for a page that did not answer; of several tries the last.';
COMMENT ON COLUMN page.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN page.url IS 'Address requested, absolute and normalised';
COMMENT ON COLUMN page.final_url IS 'Address the answer came from after redirects';
COMMENT ON COLUMN page.status IS 'HTTP status, null when no answer came, e.g. 404';
COMMENT ON COLUMN page.outcome IS 'Outcome word, e.g. ok or not_found';
COMMENT ON COLUMN page.fetched_at IS 'Instant (UTC) the request began';
COMMENT ON COLUMN page.elapsed_s IS 'Seconds until the whole answer was there, e.g. 0.35';
COMMENT ON COLUMN page.depth IS 'Clicks from the home page, which is 0';
COMMENT ON COLUMN page.title IS 'Title of the page';
COMMENT ON COLUMN page.published_at IS 'Civil time (Asia/Shanghai) the page prints of itself; midnight where it prints only the day';
COMMENT ON COLUMN page.shown_on IS 'Civil date a reader sees, where it differs by a day or more from the official tag in published_at, e.g. 2026-11-20; null where they agree';
COMMENT ON COLUMN page.source IS 'Whom the article names as its source (来源, ContentSource), e.g. 岚川市教育局';
COMMENT ON COLUMN page.date_origin IS 'Where that time was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN page.charset_declared IS 'Charset the page or its header declares, e.g. gb2312';
COMMENT ON COLUMN page.charset_used IS 'Charset it was read with, e.g. gb18030';
COMMENT ON COLUMN page.body_sha256 IS 'SHA-256 of the body bytes';
COMMENT ON COLUMN page.kind IS 'home, section, article or other; null when nothing could be read';
COMMENT ON COLUMN page.rendered IS 'Read through the browser';
COMMENT ON COLUMN page.size_bytes IS 'Bytes of the body as transferred to us, e.g. 29812';
COMMENT ON COLUMN page.content_type IS 'Content-Type header as sent, e.g. text/html; charset=utf-8';
COMMENT ON COLUMN page.redirects IS 'Addresses passed through before final_url, in order';
COMMENT ON COLUMN page.text_sha256 IS 'SHA-256 of the main text without counters, tokens and "today is"';
COMMENT ON COLUMN page.navigation_only IS 'A home page that is nothing but an entrance';
COMMENT ON COLUMN page.tags IS 'Official meta tags found, name to value, e.g. SiteName';
COMMENT ON COLUMN page.footer IS 'Footer items found: party_mark site_code icp police_record unit contact ticket_entry';
COMMENT ON COLUMN page.entries IS 'Dated lines read from the page';
COMMENT ON COLUMN page.links IS 'Targets on the page, each counted once';
COMMENT ON COLUMN page.doc_number IS 'Number of the document (发文字号) an article publishes, e.g. 岚政办发〔2026〕12号';
COMMENT ON COLUMN page.guide_elements IS 'Element classes an office guide shows: item_name basis conditions materials place time telephone process agency fee; empty for any other page';
COMMENT ON COLUMN page.consultation_opens_on IS 'Civil day a consultation opens, as its page says, e.g. 2026-03-01';
COMMENT ON COLUMN page.consultation_closes_on IS 'Civil day it closes, as its page says, e.g. 2026-03-31';
COMMENT ON COLUMN page.consultation_result IS 'Words by which the page shows the result of a consultation, null when it shows none';
COMMENT ON COLUMN page.interpreter IS 'Who answers for an interpretation: unit, person, telephone as named; pictured where the text is too little to tell';
COMMENT ON COLUMN page.doubts IS 'What no reader recognised on the page and may stand there all the same, e.g. date or icp, to the snippet that says so; its absence is found by no machine';
COMMENT ON COLUMN page.related IS 'Own pages and files a document or interpretation points to by words of one; only of those the sections spider looks into';
COMMENT ON COLUMN page.read_state IS 'How far the page was seen: read, nothing_shown (scripts, an empty frame, or too little for its kind), unreadable (our reader failed), cut (larger than our limits) or not_a_page; null where no page came. Only what was read proves anything missing';
