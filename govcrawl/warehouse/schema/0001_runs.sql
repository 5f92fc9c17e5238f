-- What a crawl leaves behind: raw.run from run.json, the others field by field from govcrawl/items.py.
CREATE SCHEMA raw;

CREATE TABLE raw.run (
    run_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    purpose VARCHAR NOT NULL,
    stamp TIMESTAMP,
    of_run VARCHAR,
    registry_sha256 VARCHAR NOT NULL,
    code_version VARCHAR NOT NULL,
    tasks VARCHAR[] NOT NULL,
    settings VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    finish_reason VARCHAR NOT NULL,
    sites INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    manifest_sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE raw.run IS 'One finished crawl, from its run.json. A folder without run.json is no run and is not here.';
COMMENT ON COLUMN raw.run.run_id IS 'Name of the run: UTC start and kind, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN raw.run.kind IS 'Spider that made the run: availability, sections, site or links';
COMMENT ON COLUMN raw.run.as_of IS 'Civil day the run stands for, e.g. 2026-11-22';
COMMENT ON COLUMN raw.run.purpose IS 'round (from the timer, counts towards the week) or nightly';
COMMENT ON COLUMN raw.run.stamp IS 'Instant (UTC) given with probe --at; null when the run was not stamped';
COMMENT ON COLUMN raw.run.of_run IS 'For a links run the site run whose targets it checked, else null';
COMMENT ON COLUMN raw.run.registry_sha256 IS 'Registry the crawl worked from, key of raw.site and its neighbours';
COMMENT ON COLUMN raw.run.code_version IS 'Version of govcrawl that crawled, e.g. 0.1.0';
COMMENT ON COLUMN raw.run.tasks IS 'What the run set out to do: site codes, or host buckets for links';
COMMENT ON COLUMN raw.run.settings IS 'Crawl settings that differed from their defaults, as a JSON object';
COMMENT ON COLUMN raw.run.created_at IS 'Instant (UTC) the plan was written';
COMMENT ON COLUMN raw.run.started_at IS 'Instant (UTC) the crawl began';
COMMENT ON COLUMN raw.run.finished_at IS 'Instant (UTC) the manifest was written';
COMMENT ON COLUMN raw.run.finish_reason IS 'finished when every task was done; only such a run can prove absence';
COMMENT ON COLUMN raw.run.sites IS 'Sites the run dealt with';
COMMENT ON COLUMN raw.run.pages IS 'Pages it recorded';
COMMENT ON COLUMN raw.run.requests IS 'Requests it sent';
COMMENT ON COLUMN raw.run.manifest_sha256 IS 'SHA-256 of run.json as it was loaded; a manifest that differs later was altered';

CREATE TABLE raw.probe (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    probed_at TIMESTAMP NOT NULL,
    purpose VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    elapsed_s DOUBLE NOT NULL,
    final_url VARCHAR
);
COMMENT ON TABLE raw.probe IS 'One attempt on one home page, as the availability spider recorded it.';
COMMENT ON COLUMN raw.probe.run_id IS 'Run that made the attempt, e.g. 20261122T020000Z-availability';
COMMENT ON COLUMN raw.probe.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.probe.url IS 'Home page as the registry gives it, e.g. http://www.example.gov.cn/';
COMMENT ON COLUMN raw.probe.probed_at IS 'Instant (UTC): stamp of the round, else when the attempt began';
COMMENT ON COLUMN raw.probe.purpose IS 'round (counts towards the week) or nightly (does not)';
COMMENT ON COLUMN raw.probe.outcome IS 'Outcome word of the attempt, e.g. ok or timeout';
COMMENT ON COLUMN raw.probe.status IS 'HTTP status, null when no answer came, e.g. 200';
COMMENT ON COLUMN raw.probe.elapsed_s IS 'Seconds to a usable page or to giving up, redirects included, e.g. 0.41';
COMMENT ON COLUMN raw.probe.final_url IS 'Address the answer came from after redirects';

CREATE TABLE raw.page (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR,
    status INTEGER,
    outcome VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    elapsed_s DOUBLE NOT NULL,
    depth INTEGER NOT NULL,
    rendered BOOLEAN NOT NULL DEFAULT false,
    size_bytes BIGINT NOT NULL DEFAULT 0,
    content_type VARCHAR,
    redirects VARCHAR[] NOT NULL DEFAULT [],
    kind VARCHAR,
    title VARCHAR,
    published_at VARCHAR,
    date_origin VARCHAR,
    charset_declared VARCHAR,
    charset_used VARCHAR,
    body_sha256 VARCHAR,
    text_sha256 VARCHAR,
    navigation_only BOOLEAN NOT NULL DEFAULT false,
    tags MAP(VARCHAR, VARCHAR) NOT NULL DEFAULT MAP {},
    footer MAP(VARCHAR, VARCHAR) NOT NULL DEFAULT MAP {},
    entries STRUCT(title VARCHAR, url VARCHAR, published_on DATE, date_origin VARCHAR)[] NOT NULL DEFAULT [],
    first_link_no INTEGER NOT NULL DEFAULT 0,
    new_links STRUCT(url VARCHAR, kind VARCHAR, text VARCHAR, hidden BOOLEAN, internal BOOLEAN, wrong VARCHAR)[] NOT NULL DEFAULT [],
    link_nos INTEGER[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.page IS 'One requested page of one site in one run, also when nothing came back.';
COMMENT ON COLUMN raw.page.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN raw.page.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.page.url IS 'Address requested, absolute and normalised';
COMMENT ON COLUMN raw.page.final_url IS 'Address the answer came from after redirects';
COMMENT ON COLUMN raw.page.status IS 'HTTP status, null when no answer came, e.g. 404';
COMMENT ON COLUMN raw.page.outcome IS 'Outcome word, e.g. ok or not_found';
COMMENT ON COLUMN raw.page.fetched_at IS 'Instant (UTC) the request began';
COMMENT ON COLUMN raw.page.elapsed_s IS 'Seconds until the whole answer was there, e.g. 0.35';
COMMENT ON COLUMN raw.page.depth IS 'Clicks from the home page, which is 0';
COMMENT ON COLUMN raw.page.rendered IS 'Read through the browser';
COMMENT ON COLUMN raw.page.size_bytes IS 'Bytes of the body as transferred to us, e.g. 29812';
COMMENT ON COLUMN raw.page.content_type IS 'Content-Type header as sent, e.g. text/html; charset=utf-8';
COMMENT ON COLUMN raw.page.redirects IS 'Addresses passed through before final_url, in order';
COMMENT ON COLUMN raw.page.kind IS 'home, section, article or other; null when nothing could be read';
COMMENT ON COLUMN raw.page.title IS 'Title of the page';
COMMENT ON COLUMN raw.page.published_at IS 'Civil time the page prints of itself, exactly as far as it prints it, e.g. 2026-11-22T10:08';
COMMENT ON COLUMN raw.page.date_origin IS 'Where that time was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN raw.page.charset_declared IS 'Charset the page or its header declares, e.g. gb2312';
COMMENT ON COLUMN raw.page.charset_used IS 'Charset it was read with, e.g. gb18030';
COMMENT ON COLUMN raw.page.body_sha256 IS 'SHA-256 of the body bytes';
COMMENT ON COLUMN raw.page.text_sha256 IS 'SHA-256 of the main text without counters, tokens and "today is"';
COMMENT ON COLUMN raw.page.navigation_only IS 'A home page that is nothing but an entrance';
COMMENT ON COLUMN raw.page.tags IS 'Official meta tags found, name to value, e.g. SiteName';
COMMENT ON COLUMN raw.page.footer IS 'Footer items found: party_mark site_code icp police_record unit contact ticket_entry';
COMMENT ON COLUMN raw.page.entries IS 'Dated lines of a list or home page';
COMMENT ON COLUMN raw.page.first_link_no IS 'Number of the first target in new_links within its site and run';
COMMENT ON COLUMN raw.page.new_links IS 'Targets first met on this page';
COMMENT ON COLUMN raw.page.link_nos IS 'Numbers of every target on this page';

CREATE TABLE raw.section_visit (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    section_name VARCHAR NOT NULL,
    section_url VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    final_url VARCHAR,
    fetched_at TIMESTAMP NOT NULL,
    pages_read INTEGER NOT NULL,
    complete BOOLEAN NOT NULL,
    rendered BOOLEAN NOT NULL DEFAULT false,
    entries STRUCT(title VARCHAR, url VARCHAR, published_on DATE, date_origin VARCHAR)[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.section_visit IS 'One registered section in one run, with the entries read from its list pages.';
COMMENT ON COLUMN raw.section_visit.run_id IS 'Run that read the section, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN raw.section_visit.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.section_visit.section_name IS 'Name of the section in the registry, e.g. 通知公告';
COMMENT ON COLUMN raw.section_visit.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN raw.section_visit.outcome IS 'Outcome word of its first page; redirect_offsite when it lives elsewhere';
COMMENT ON COLUMN raw.section_visit.status IS 'HTTP status of its first page';
COMMENT ON COLUMN raw.section_visit.final_url IS 'Address its first page came from after redirects';
COMMENT ON COLUMN raw.section_visit.fetched_at IS 'Instant (UTC) its first page was requested';
COMMENT ON COLUMN raw.section_visit.pages_read IS 'List pages read, e.g. 3';
COMMENT ON COLUMN raw.section_visit.complete IS 'The list was read back to the start of the term, or to its end';
COMMENT ON COLUMN raw.section_visit.rendered IS 'Read through the browser';
COMMENT ON COLUMN raw.section_visit.entries IS 'Lines of the list, newest page first';

CREATE TABLE raw.site_visit (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    home_outcome VARCHAR NOT NULL,
    robots VARCHAR NOT NULL,
    finish_reason VARCHAR NOT NULL,
    requests INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    size_bytes BIGINT NOT NULL,
    rendered INTEGER NOT NULL,
    not_visited MAP(VARCHAR, INTEGER) NOT NULL DEFAULT MAP {}
);
COMMENT ON TABLE raw.site_visit IS 'One site in one run of the sections or site spider: how far the visit came.';
COMMENT ON COLUMN raw.site_visit.run_id IS 'Run that visited the site, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN raw.site_visit.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.site_visit.started_at IS 'Instant (UTC) the visit began';
COMMENT ON COLUMN raw.site_visit.finished_at IS 'Instant (UTC) the visit ended';
COMMENT ON COLUMN raw.site_visit.home_outcome IS 'Outcome word of the home page';
COMMENT ON COLUMN raw.site_visit.robots IS 'What robots.txt said: allowed, absent, unreachable or not_text';
COMMENT ON COLUMN raw.site_visit.finish_reason IS 'finished, budget_spent, home_unreachable or robots_denied';
COMMENT ON COLUMN raw.site_visit.requests IS 'Requests sent to the site';
COMMENT ON COLUMN raw.site_visit.pages IS 'Pages recorded';
COMMENT ON COLUMN raw.site_visit.size_bytes IS 'Bytes received';
COMMENT ON COLUMN raw.site_visit.rendered IS 'Pages read through the browser';
COMMENT ON COLUMN raw.site_visit.not_visited IS 'Known addresses left alone, reason to count';

CREATE TABLE raw.link_check (
    run_id VARCHAR NOT NULL,
    target_url VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    confirmed BOOLEAN NOT NULL,
    attempts STRUCT(attempted_at TIMESTAMP, "method" VARCHAR, outcome VARCHAR, status INTEGER, elapsed_s DOUBLE, final_url VARCHAR, content_type VARCHAR, size_bytes BIGINT)[] NOT NULL DEFAULT [],
    parked BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE raw.link_check IS 'One link target after every attempt of the night, for all sites together.';
COMMENT ON COLUMN raw.link_check.run_id IS 'Links run, e.g. 20261122T031000Z-links';
COMMENT ON COLUMN raw.link_check.target_url IS 'Target, absolute and normalised';
COMMENT ON COLUMN raw.link_check.outcome IS 'Outcome word after the last attempt, e.g. not_found';
COMMENT ON COLUMN raw.link_check.status IS 'HTTP status of the last attempt';
COMMENT ON COLUMN raw.link_check.confirmed IS 'Failed the same way in at least two attempts separated in time';
COMMENT ON COLUMN raw.link_check.attempts IS 'Every try, in order';
COMMENT ON COLUMN raw.link_check.parked IS 'It opened, and shows a domain that is for sale or run out';
