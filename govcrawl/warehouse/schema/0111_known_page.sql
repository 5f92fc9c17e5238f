-- What is known of every page and link target of a site, so that a night need not read everything again: when each was last
-- read, how often it changes, when it is due; and which readings of earlier nights stand for a run (docs/decisions/visit.md).
ALTER TABLE raw.page ADD COLUMN etag VARCHAR;
ALTER TABLE raw.page ADD COLUMN last_modified VARCHAR;
ALTER TABLE raw.page ADD COLUMN same_as_run VARCHAR;
COMMENT ON COLUMN raw.page.etag IS 'ETag header as sent';
COMMENT ON COLUMN raw.page.last_modified IS 'Last-Modified header as sent';
COMMENT ON COLUMN raw.page.same_as_run IS 'Run whose reading of the page holds: not modified since (status 304), or the same body; null where it was read';

CREATE TABLE derived.known_page (
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    depth INTEGER NOT NULL,
    met_on DATE NOT NULL,
    read_run_id VARCHAR,
    read_on DATE,
    seen_on DATE,
    changed_on DATE,
    published_on DATE,
    interval_days INTEGER NOT NULL,
    due_on DATE NOT NULL
);
COMMENT ON TABLE derived.known_page IS 'One page of a site that a visit has read, or met and not read yet; a page that is gone leaves it.';
COMMENT ON COLUMN derived.known_page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.known_page.url IS 'Address, absolute and normalised';
COMMENT ON COLUMN derived.known_page.depth IS 'Clicks from the home page';
COMMENT ON COLUMN derived.known_page.met_on IS 'Civil day of the first night that knew of it';
COMMENT ON COLUMN derived.known_page.read_run_id IS 'Run of its last full reading; null before the first';
COMMENT ON COLUMN derived.known_page.read_on IS 'Civil day of its last full reading; null before the first';
COMMENT ON COLUMN derived.known_page.seen_on IS 'Civil day it was last asked for and was there: read, not modified, or the same body';
COMMENT ON COLUMN derived.known_page.changed_on IS 'Civil day a reading found another main text than the one before; null when none has';
COMMENT ON COLUMN derived.known_page.published_on IS 'Civil day it shows of itself';
COMMENT ON COLUMN derived.known_page.interval_days IS 'Days until its next turn: halved when it has changed, doubled when it has not, 1 to 30';
COMMENT ON COLUMN derived.known_page.due_on IS 'Civil day of its next turn; today when it was met and not read yet, or failed';

CREATE TABLE derived.standing_page (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    read_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE derived.standing_page IS 'One page that was known and not due in a visit: the earlier reading that stands for it.';
COMMENT ON COLUMN derived.standing_page.run_id IS 'Visit the page was not due in';
COMMENT ON COLUMN derived.standing_page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.standing_page.url IS 'Address, absolute and normalised';
COMMENT ON COLUMN derived.standing_page.read_run_id IS 'Run whose reading stands';

CREATE TABLE derived.known_target (
    target_url VARCHAR NOT NULL,
    check_run_id VARCHAR NOT NULL,
    checked_on DATE NOT NULL,
    opened BOOLEAN NOT NULL
);
COMMENT ON TABLE derived.known_target IS 'The last check of a link target by a links run.';
COMMENT ON COLUMN derived.known_target.target_url IS 'Target, absolute and normalised';
COMMENT ON COLUMN derived.known_target.check_run_id IS 'Links run that checked it last';
COMMENT ON COLUMN derived.known_target.checked_on IS 'Civil day of that check';
COMMENT ON COLUMN derived.known_target.opened IS 'It opened at once';

CREATE TABLE derived.standing_check (
    run_id VARCHAR NOT NULL,
    target_url VARCHAR NOT NULL,
    check_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE derived.standing_check IS 'One link target that was not due in a links run: the earlier check that stands for it.';
COMMENT ON COLUMN derived.standing_check.run_id IS 'Links run the target was not due in';
COMMENT ON COLUMN derived.standing_check.target_url IS 'Target, absolute and normalised';
COMMENT ON COLUMN derived.standing_check.check_run_id IS 'Links run whose check stands';

-- What addresses that differ in digits, or in the values of their query, have in common; as govcrawl/spiders/frontier.py says it.
CREATE MACRO derived.template_of(url) AS
    regexp_replace(split_part(url, '?', 1), '\d+', '0', 'g')
    || CASE
        WHEN regexp_full_match(split_part(url, '?', 2), '(?i)(?:[\w\-]{1,40}=)?\d+(?:\.s?html?)?') AND length(url) - length(replace(url, '?', '')) = 1
            THEN '?' || regexp_replace(split_part(url, '?', 2), '\d+', '0', 'g')
        WHEN contains(url, '?') THEN
        '?' || array_to_string(list_sort(list_transform(string_split(url[instr(url, '?') + 1:], '&'), lambda part: split_part(part, '=', 1))), '&')
    ELSE '' END;

-- The host of an address without `www.`: what tells one site from another.
CREATE MACRO derived.bare_host(url) AS regexp_extract(lower(url), '^[a-z]+://(?:www\.)?([^/?#]*)', 1);
