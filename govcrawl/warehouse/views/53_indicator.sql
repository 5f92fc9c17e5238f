CREATE VIEW indicator AS
SELECT assessment_id, indicator_id, position, part, block, title, scope, max_points, manual, checks, clause, source, wording, confidence, verify, in_force
FROM raw.indicator;

COMMENT ON VIEW indicator IS 'One row per indicator and assessment: the table it judged by, with what an overlay changed.';
