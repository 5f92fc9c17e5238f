-- Where a link stands on the page that carries it first, and the way a check of it was sent round.
ALTER TABLE raw.page ADD COLUMN new_links.element.position VARCHAR;
ALTER TABLE raw.link_check ADD COLUMN attempts.element.redirects VARCHAR[];

ALTER TABLE derived.link ADD COLUMN "position" VARCHAR;
COMMENT ON COLUMN derived.link.position IS 'CSS selector of the element on its first page; null in runs older than the column';
ALTER TABLE derived.link ADD COLUMN first_origins VARCHAR[];
COMMENT ON COLUMN derived.link.first_origins IS 'The first pages that carry it, at most five, in the order they were read';
