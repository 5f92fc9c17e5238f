CREATE VIEW submission AS
SELECT unit, month, submitted
FROM raw.submission SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW submission IS 'One row per unit and month of submitted articles, as the registry of the newest finished run has it.';
COMMENT ON COLUMN submission.unit IS 'Unit that submits (报送单位)';
COMMENT ON COLUMN submission.month IS 'Month (月份), e.g. 2026-11';
COMMENT ON COLUMN submission.submitted IS 'Articles submitted in that month (报送数量), e.g. 12';
