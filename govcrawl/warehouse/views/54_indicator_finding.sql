CREATE VIEW indicator_finding AS
SELECT assessment_id, indicator_id, finding_key, counts
FROM raw.indicator_finding;

COMMENT ON VIEW indicator_finding IS 'One row per fault and indicator it stands under, in one assessment.';
COMMENT ON COLUMN indicator_finding.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN indicator_finding.indicator_id IS 'Indicator the fault stands under; a fault may stand under several';
COMMENT ON COLUMN indicator_finding.finding_key IS 'Fault, as in finding';
COMMENT ON COLUMN indicator_finding.counts IS 'It moves the row; false while it waits for a person, when a person excused it, or where it is only filed';
