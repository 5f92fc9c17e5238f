CREATE VIEW account_result AS
SELECT assessment_id, account_id, verdict, vetoes
FROM raw.account_result;

COMMENT ON VIEW account_result IS 'One row per new-media account and assessment.';
