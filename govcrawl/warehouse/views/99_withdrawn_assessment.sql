CREATE VIEW withdrawn_assessment AS
SELECT assessment_id, withdrawn_at, withdrawn_by, reason
FROM raw.withdrawn;
COMMENT ON VIEW withdrawn_assessment IS 'An assessment a person took back. Nothing of it is in any other view; its folder stays.';
COMMENT ON COLUMN withdrawn_assessment.assessment_id IS 'Name of the assessment folder, e.g. 2026-11-22-inspection-2019-1a2b3c4d';
COMMENT ON COLUMN withdrawn_assessment.withdrawn_at IS 'Instant (UTC) it was withdrawn';
COMMENT ON COLUMN withdrawn_assessment.withdrawn_by IS 'Who withdrew it';
COMMENT ON COLUMN withdrawn_assessment.reason IS 'Why, in that person''s words';
