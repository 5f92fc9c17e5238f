CREATE VIEW indicator_finding AS
SELECT assessment_id, indicator_id, finding_key, counts
FROM raw.indicator_finding;

COMMENT ON VIEW indicator_finding IS 'One row per fault and indicator it stands under, in one assessment.';
