CREATE VIEW account_indicator_result AS
SELECT assessment_id, account_id, indicator_id, state, points, max_points, count, reason, points_open
FROM raw.account_indicator_result;

COMMENT ON VIEW account_indicator_result IS 'One row per indicator, new-media account and assessment.';
