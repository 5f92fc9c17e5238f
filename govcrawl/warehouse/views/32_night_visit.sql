CREATE VIEW night_visit AS
SELECT r.as_of, part.word AS kind, part.lists AS of_lists, part.pages AS of_pages, v.site_code, v.run_id, v.home_outcome, v.robots, v.finish_reason,
    v.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished) AND cardinality(v.not_visited) = 0 AS complete
FROM raw.site_visit AS v
JOIN raw.run AS r USING (run_id)
JOIN words.run_kind AS run ON run.word = r.kind
-- Until 2026-11-27 lists and pages were read by a run each; one visit is both.
JOIN words.visit_part AS part ON part.lists AND run.reads_lists OR part.pages AND run.reads_pages
WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
QUALIFY row_number() OVER (PARTITION BY r.as_of, part.word, v.site_code ORDER BY r.started_at DESC, v.run_id DESC) = 1;

COMMENT ON VIEW night_visit IS 'One row per site, inspected day and what was visited (sections, site): the newest finished visit, the one that speaks for that day. A visit run is both, so say which: of_lists or of_pages.';
