CREATE VIEW indicator_result AS
SELECT assessment_id, site_code, indicator_id, state, points, max_points, count, reason, points_open
FROM raw.indicator_result;

COMMENT ON VIEW indicator_result IS 'One row per indicator, site and assessment.';
COMMENT ON COLUMN indicator_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN indicator_result.site_code IS 'Site judged';
COMMENT ON COLUMN indicator_result.indicator_id IS 'Indicator of the edition';
COMMENT ON COLUMN indicator_result.state IS 'pass, fail, unmeasured or manual';
COMMENT ON COLUMN indicator_result.points IS 'Points taken off or given for certain; null for a veto and for a row nothing is known of';
COMMENT ON COLUMN indicator_result.max_points IS 'Points at stake, null for a veto';
COMMENT ON COLUMN indicator_result.count IS 'Faults counted (in a bonus row: things in order); null where people decide alone';
COMMENT ON COLUMN indicator_result.reason IS 'Why, in a sentence';
COMMENT ON COLUMN indicator_result.points_open IS 'Points that can still move, because people or a measurement must decide them; 0 when the row is settled, null for a veto';
