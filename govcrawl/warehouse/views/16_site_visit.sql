CREATE VIEW site_visit AS
SELECT run_id, site_code, started_at, finished_at, home_outcome, robots, finish_reason, requests, pages,
    size_bytes, rendered, not_visited,
    finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND cardinality(not_visited) = 0 AS complete
FROM raw.site_visit;

COMMENT ON VIEW site_visit IS 'One row per site and run of the sections or site spider: how far the visit came.';
COMMENT ON COLUMN site_visit.run_id IS 'Run that visited the site, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN site_visit.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN site_visit.started_at IS 'Instant (UTC) the visit began';
COMMENT ON COLUMN site_visit.finished_at IS 'Instant (UTC) the visit ended';
COMMENT ON COLUMN site_visit.home_outcome IS 'Outcome word of the home page';
COMMENT ON COLUMN site_visit.robots IS 'What robots.txt said: allowed, absent, unreachable or not_text';
COMMENT ON COLUMN site_visit.finish_reason IS 'finished, budget_spent, home_unreachable or crashed';
COMMENT ON COLUMN site_visit.requests IS 'Requests sent to the site';
COMMENT ON COLUMN site_visit.pages IS 'Pages recorded';
COMMENT ON COLUMN site_visit.size_bytes IS 'Bytes received';
COMMENT ON COLUMN site_visit.rendered IS 'Pages read through the browser';
COMMENT ON COLUMN site_visit.not_visited IS 'Known addresses left alone or not read, reason to count: a budget or quota that was used up, or what became of the page (blocked, timeout, nothing_shown …)';
COMMENT ON COLUMN site_visit.complete IS 'Nothing in scope was left out for whatever reason';
