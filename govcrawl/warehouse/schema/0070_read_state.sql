-- How far each page was seen; null in folders written before, whose pages that came count as read.
ALTER TABLE raw.page ADD COLUMN read_state VARCHAR;
COMMENT ON COLUMN raw.page.read_state IS 'How far the page was seen: read, nothing_shown, unreadable, cut or not_a_page; null where no page came';
