CREATE VIEW run AS
SELECT run_id, kind, started_at, finished_at, finish_reason, sites, pages, code_version,
    as_of, purpose, stamp, of_run, registry_sha256, requests, v.reason AS voided
FROM raw.run
LEFT JOIN derived.voided_run AS v USING (run_id);

COMMENT ON VIEW run IS 'One row per finished crawl.';
COMMENT ON COLUMN run.run_id IS 'Name of the run: UTC start and kind, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN run.kind IS 'Spider that made the run: availability, sections, site, surroundings or links';
COMMENT ON COLUMN run.started_at IS 'Instant (UTC) the crawl began';
COMMENT ON COLUMN run.finished_at IS 'Instant (UTC) the manifest was written';
COMMENT ON COLUMN run.finish_reason IS 'finished when every task was done; only such a run can prove absence';
COMMENT ON COLUMN run.sites IS 'Sites the run dealt with';
COMMENT ON COLUMN run.pages IS 'Pages it recorded';
COMMENT ON COLUMN run.code_version IS 'Version of govcrawl that crawled, e.g. 0.1.0';
COMMENT ON COLUMN run.as_of IS 'Civil day the run stands for, e.g. 2026-11-22';
COMMENT ON COLUMN run.purpose IS 'round (from the timer, counts towards the week) or nightly';
COMMENT ON COLUMN run.stamp IS 'Instant (UTC) given with probe --at; null when the run was not stamped';
COMMENT ON COLUMN run.of_run IS 'For a links run the site run whose targets it checked, else null';
COMMENT ON COLUMN run.registry_sha256 IS 'Registry the crawl worked from, key of raw.site and its neighbours';
COMMENT ON COLUMN run.requests IS 'Requests it sent';
COMMENT ON COLUMN run.voided IS 'Why its failures say nothing of any site, for we were the ones offline: unknown_names_resolve, canaries_silent, clock_wrong or nearly_all_failed; null for a run that counts';
