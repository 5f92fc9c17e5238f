CREATE VIEW withdrawn_assessment AS
SELECT assessment_id, withdrawn_at, withdrawn_by, reason
FROM raw.withdrawn;
COMMENT ON VIEW withdrawn_assessment IS 'An assessment a person took back. Nothing of it is in any other view; its folder stays.';
