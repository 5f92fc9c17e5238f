CREATE VIEW account_indicator_result AS
SELECT assessment_id, account_id, indicator_id, state, count, reason
FROM raw.account_indicator_result;

COMMENT ON VIEW account_indicator_result IS 'One row per indicator, new-media account and assessment.';
COMMENT ON COLUMN account_indicator_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN account_indicator_result.account_id IS 'Account judged (账号标识)';
COMMENT ON COLUMN account_indicator_result.indicator_id IS 'Indicator of the edition';
COMMENT ON COLUMN account_indicator_result.state IS 'pass, fail, unmeasured or manual';
COMMENT ON COLUMN account_indicator_result.count IS 'Faults counted; null where people decide';
COMMENT ON COLUMN account_indicator_result.reason IS 'Why, in a sentence';
