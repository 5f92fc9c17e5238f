CREATE VIEW account_result AS
SELECT assessment_id, account_id, verdict, vetoes
FROM raw.account_result;

COMMENT ON VIEW account_result IS 'One row per new-media account and assessment.';
COMMENT ON COLUMN account_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN account_result.account_id IS 'Account judged (账号标识)';
COMMENT ON COLUMN account_result.verdict IS 'qualified, unqualified or unmeasured';
COMMENT ON COLUMN account_result.vetoes IS 'Indicators whose veto failed';
