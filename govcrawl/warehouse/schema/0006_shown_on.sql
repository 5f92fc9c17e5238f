-- A tag that says another day than the page shows is a conflict to be looked at, not resolved in silence.
ALTER TABLE raw.page ADD COLUMN shown_on DATE;
COMMENT ON COLUMN raw.page.shown_on IS 'Civil date a reader sees on the page, where it differs by a day or more from the official tag in published_at, e.g. 2026-11-20';
