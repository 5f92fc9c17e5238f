CREATE VIEW site_visit AS
SELECT run_id, site_code, started_at, finished_at, home_outcome, robots, finish_reason, requests, pages,
    size_bytes, rendered, not_visited,
    finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND cardinality(not_visited) = 0 AS complete, refused
FROM raw.site_visit;

COMMENT ON VIEW site_visit IS 'One row per site and run that visits sites: how far the visit came.';
