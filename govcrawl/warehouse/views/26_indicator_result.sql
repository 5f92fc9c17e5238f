CREATE VIEW indicator_result AS
SELECT assessment_id, site_code, indicator_id, state, points, max_points, count, reason
FROM raw.indicator_result;

COMMENT ON VIEW indicator_result IS 'One row per indicator, site and assessment.';
COMMENT ON COLUMN indicator_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN indicator_result.site_code IS 'Site judged';
COMMENT ON COLUMN indicator_result.indicator_id IS 'Indicator of the edition';
COMMENT ON COLUMN indicator_result.state IS 'pass, fail, unmeasured or manual';
COMMENT ON COLUMN indicator_result.points IS 'Points taken off or given, null for a veto';
COMMENT ON COLUMN indicator_result.max_points IS 'Points at stake, null for a veto';
COMMENT ON COLUMN indicator_result.count IS 'Faults counted, or what could not be measured';
COMMENT ON COLUMN indicator_result.reason IS 'Why, in a sentence';
