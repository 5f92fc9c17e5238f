-- Facts worked out once at load (govcrawl/warehouse/derive/*.sql), because every query would repeat the work.
CREATE SCHEMA derived;

CREATE TABLE derived.link (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    link_no INTEGER NOT NULL,
    target_url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    anchor_text VARCHAR NOT NULL,
    hidden BOOLEAN NOT NULL,
    internal BOOLEAN NOT NULL,
    wrong VARCHAR,
    origin_url VARCHAR NOT NULL,
    origins INTEGER NOT NULL,
    on_home BOOLEAN NOT NULL,
    visit_outcome VARCHAR,
    visit_status INTEGER
);
COMMENT ON TABLE derived.link IS 'One target of one site in one site run, counted once at load from the pages of that run.';
COMMENT ON COLUMN derived.link.run_id IS 'Site run that met the target';
COMMENT ON COLUMN derived.link.site_code IS 'Site that carries the link';
COMMENT ON COLUMN derived.link.link_no IS 'Number of the target within its site and run, in the order of meeting';
COMMENT ON COLUMN derived.link.target_url IS 'Target, absolute and normalised; as written where wrong says it is no usable address';
COMMENT ON COLUMN derived.link.kind IS 'page, attachment, image, style, script, frame, refresh or media';
COMMENT ON COLUMN derived.link.anchor_text IS 'What a reader sees of it on its first page';
COMMENT ON COLUMN derived.link.hidden IS 'The anchor of its first page cannot be seen by a reader';
COMMENT ON COLUMN derived.link.internal IS 'The target lies on the site itself';
COMMENT ON COLUMN derived.link.wrong IS 'Why it is no usable address, e.g. intranet; null for a usable one';
COMMENT ON COLUMN derived.link.origin_url IS 'First page that carries it';
COMMENT ON COLUMN derived.link.origins IS 'Pages that carry it';
COMMENT ON COLUMN derived.link.on_home IS 'The home page carries it';
COMMENT ON COLUMN derived.link.visit_outcome IS 'Outcome word of the page visit of the same run, null when it was not visited';
COMMENT ON COLUMN derived.link.visit_status IS 'HTTP status of that visit';

CREATE TABLE derived.entry_seen (
    site_code VARCHAR NOT NULL,
    section_url VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    first_seen_on DATE NOT NULL
);
COMMENT ON TABLE derived.entry_seen IS 'When one section listed one entry for the first time.';
COMMENT ON COLUMN derived.entry_seen.site_code IS 'Site of the section';
COMMENT ON COLUMN derived.entry_seen.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN derived.entry_seen.url IS 'Address of the entry';
COMMENT ON COLUMN derived.entry_seen.title IS 'Text of an entry whose address only a script knows; empty where the address tells it from others';
COMMENT ON COLUMN derived.entry_seen.first_seen_on IS 'Civil day (as_of) of the first run that listed it, e.g. 2026-11-20';

CREATE TABLE derived.superseded_page (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE derived.superseded_page IS 'One try at a page that the same run tried again later; the views leave it out.';
COMMENT ON COLUMN derived.superseded_page.run_id IS 'Run that tried the page';
COMMENT ON COLUMN derived.superseded_page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.superseded_page.url IS 'Address requested';
COMMENT ON COLUMN derived.superseded_page.fetched_at IS 'Instant (UTC) of the try that was superseded';
