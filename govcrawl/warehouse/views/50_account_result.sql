CREATE VIEW account_result AS
SELECT assessment_id, account_id, verdict, score, score_floor, score_ceiling, vetoes
FROM raw.account_result;

COMMENT ON VIEW account_result IS 'One row per new-media account and assessment.';
