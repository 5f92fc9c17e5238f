-- What a surroundings run leaves behind, and the canary that says whether our own side was in order.
CREATE TABLE raw.host_check (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    checked_at TIMESTAMP NOT NULL,
    requests INTEGER NOT NULL,
    tls_port INTEGER NOT NULL,
    tls_outcome VARCHAR NOT NULL,
    tls_problem VARCHAR,
    ipv6_outcome VARCHAR NOT NULL,
    ipv6_status INTEGER,
    ipv6_known BOOLEAN NOT NULL,
    ipv6_route BOOLEAN NOT NULL,
    ipv6_addresses VARCHAR[] NOT NULL DEFAULT [],
    tls_subject VARCHAR,
    tls_issuer VARCHAR,
    tls_names VARCHAR[] NOT NULL DEFAULT [],
    tls_not_before_at TIMESTAMP,
    tls_not_after_at TIMESTAMP
);
COMMENT ON TABLE raw.host_check IS 'The host of one site in one surroundings run: its certificate and its door for IPv6.';
COMMENT ON COLUMN raw.host_check.run_id IS 'Run that looked, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN raw.host_check.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.host_check.host IS 'Host of the registered home page, e.g. www.example.gov.cn';
COMMENT ON COLUMN raw.host_check.checked_at IS 'Instant (UTC) the look at the site began';
COMMENT ON COLUMN raw.host_check.requests IS 'Connections and requests the site was burdened with in this run';
COMMENT ON COLUMN raw.host_check.tls_port IS 'Port of the handshake, 443 unless the registry names another for https';
COMMENT ON COLUMN raw.host_check.tls_outcome IS 'Outcome word of the handshake; ok also where the certificate does not hold';
COMMENT ON COLUMN raw.host_check.tls_problem IS 'Why the certificate does not hold: expired not_yet_valid self_signed unknown_authority revoked other_name other; null when it holds or none was shown';
COMMENT ON COLUMN raw.host_check.ipv6_outcome IS 'Outcome word of the home page asked for over IPv6; not_attempted without address or route';
COMMENT ON COLUMN raw.host_check.ipv6_status IS 'HTTP status of that answer, e.g. 200';
COMMENT ON COLUMN raw.host_check.ipv6_known IS 'Name servers were asked for AAAA records; false where a --resolve rule stands in for them and names no IPv6 address';
COMMENT ON COLUMN raw.host_check.ipv6_route IS 'The machine that crawled has a route to addresses of IPv6';
COMMENT ON COLUMN raw.host_check.ipv6_addresses IS 'IPv6 addresses of the host (AAAA records)';
COMMENT ON COLUMN raw.host_check.tls_subject IS 'Common name of the certificate, else its first name';
COMMENT ON COLUMN raw.host_check.tls_issuer IS 'Who signed the certificate, e.g. DigiCert Inc';
COMMENT ON COLUMN raw.host_check.tls_names IS 'Names the certificate is issued for, the first twenty';
COMMENT ON COLUMN raw.host_check.tls_not_before_at IS 'Instant (UTC) from which the certificate is valid';
COMMENT ON COLUMN raw.host_check.tls_not_after_at IS 'Instant (UTC) until which the certificate is valid';

CREATE TABLE raw.service_trial (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    search VARCHAR NOT NULL,
    search_url VARCHAR,
    search_method VARCHAR,
    looks STRUCT(url VARCHAR, kind VARCHAR, outcome VARCHAR, rendered BOOLEAN, seen VARCHAR[])[] NOT NULL DEFAULT [],
    attempts STRUCT(title VARCHAR, entry_url VARCHAR, asked_url VARCHAR, outcome VARCHAR, status INTEGER, rendered BOOLEAN, found BOOLEAN, hindrance VARCHAR, results INTEGER)[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.service_trial IS 'What one site offers on its pages, and its search tried with known titles, in one surroundings run.';
COMMENT ON COLUMN raw.service_trial.run_id IS 'Run that tried, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN raw.service_trial.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN raw.service_trial.tried_at IS 'Instant (UTC) the trial began';
COMMENT ON COLUMN raw.service_trial.search IS 'How the home page offers a search: form, box (operated by script), link, none, not_looked (the page could not be read)';
COMMENT ON COLUMN raw.service_trial.search_url IS 'Where the search form leads';
COMMENT ON COLUMN raw.service_trial.search_method IS 'Method of the search form: GET or POST';
COMMENT ON COLUMN raw.service_trial.looks IS 'Pages looked at, with what they offer: search share accessibility, and the footer items';
COMMENT ON COLUMN raw.service_trial.attempts IS 'Known titles put into the search, with what came of each';

CREATE TABLE raw.feed_visit (
    run_id VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    posts INTEGER NOT NULL DEFAULT 0,
    dated INTEGER NOT NULL DEFAULT 0,
    last_post_on DATE,
    last_post_title VARCHAR
);
COMMENT ON TABLE raw.feed_visit IS 'The feed of one new-media account in one surroundings run.';
COMMENT ON COLUMN raw.feed_visit.run_id IS 'Run that fetched it, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN raw.feed_visit.account_id IS 'Account by its identifier (账号标识), e.g. wx-1';
COMMENT ON COLUMN raw.feed_visit.feed_url IS 'Address of the feed in the registry (订阅地址)';
COMMENT ON COLUMN raw.feed_visit.fetched_at IS 'Instant (UTC) the request began';
COMMENT ON COLUMN raw.feed_visit.outcome IS 'Outcome word, e.g. ok or timeout; other where what came is no feed';
COMMENT ON COLUMN raw.feed_visit.status IS 'HTTP status, null when no answer came';
COMMENT ON COLUMN raw.feed_visit.posts IS 'Posts the feed lists';
COMMENT ON COLUMN raw.feed_visit.dated IS 'Posts that carry a day';
COMMENT ON COLUMN raw.feed_visit.last_post_on IS 'Civil day of the newest post, days after the inspection left out';
COMMENT ON COLUMN raw.feed_visit.last_post_title IS 'Title of that post';

CREATE TABLE raw.canary (
    run_id VARCHAR NOT NULL,
    task VARCHAR NOT NULL,
    looked_at TIMESTAMP NOT NULL,
    names_asked INTEGER NOT NULL,
    names_resolved INTEGER NOT NULL,
    addresses_asked INTEGER NOT NULL,
    addresses_answered INTEGER NOT NULL,
    clock_ahead_s DOUBLE,
    resolved_to VARCHAR
);
COMMENT ON TABLE raw.canary IS 'Our own side while one task of an availability or links run was under way.';
COMMENT ON COLUMN raw.canary.run_id IS 'Run under way, e.g. 20261122T020000Z-availability';
COMMENT ON COLUMN raw.canary.task IS 'Its task, e.g. b00';
COMMENT ON COLUMN raw.canary.looked_at IS 'Instant (UTC) of the look';
COMMENT ON COLUMN raw.canary.names_asked IS 'Names nobody can have registered, asked of the name servers; none where every name is sent elsewhere by --resolve';
COMMENT ON COLUMN raw.canary.names_resolved IS 'Of these, how many got an address all the same';
COMMENT ON COLUMN raw.canary.addresses_asked IS 'Addresses of the setting CANARY_URLS that were asked for';
COMMENT ON COLUMN raw.canary.addresses_answered IS 'Of these, how many gave any answer';
COMMENT ON COLUMN raw.canary.clock_ahead_s IS 'Our clock minus the median clock of the hosts that answered, in seconds; null below three hosts';
COMMENT ON COLUMN raw.canary.resolved_to IS 'Address a name nobody registered was given';

CREATE TABLE derived.voided_run (
    run_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE derived.voided_run IS 'Availability and links runs in which we were the ones offline, told once at load from their canary and their outcomes.';
COMMENT ON COLUMN derived.voided_run.run_id IS 'The run; its failures say nothing of any site';
COMMENT ON COLUMN derived.voided_run.reason IS 'unknown_names_resolve, canaries_silent, clock_wrong or nearly_all_failed';
