CREATE VIEW indicator_result AS
SELECT assessment_id, site_code, indicator_id, state, points, max_points, count, reason, points_open, basis
FROM raw.indicator_result;

COMMENT ON VIEW indicator_result IS 'One row per indicator, site and assessment.';
