CREATE VIEW run AS
SELECT run_id, kind, started_at, finished_at, finish_reason, sites, pages, code_version,
    as_of, purpose, stamp, of_run, registry_sha256, requests, v.reason AS voided
FROM raw.run
LEFT JOIN derived.voided_run AS v USING (run_id);

COMMENT ON VIEW run IS 'One row per finished crawl.';
