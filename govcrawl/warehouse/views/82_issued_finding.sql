CREATE VIEW issued_finding AS
SELECT f.notice_id, f.finding_key, f.unit, f.number, f.due_on, d.kind, d.issued_on, a.as_of
FROM raw.issued_finding AS f
JOIN raw.issued_document AS d USING (notice_id)
LEFT JOIN raw.assessment AS a USING (assessment_id);

COMMENT ON VIEW issued_finding IS 'One row per fault and issued document: what a unit was told, when, and by when it must be mended.';
COMMENT ON COLUMN issued_finding.notice_id IS 'Document that told it';
COMMENT ON COLUMN issued_finding.finding_key IS 'Fault it was told of';
COMMENT ON COLUMN issued_finding.unit IS 'Unit that was told';
COMMENT ON COLUMN issued_finding.number IS 'Number of the notice to that unit';
COMMENT ON COLUMN issued_finding.due_on IS 'Civil day by which the unit must mend it; null when none was set';
COMMENT ON COLUMN issued_finding.kind IS 'What the document is, e.g. circular';
COMMENT ON COLUMN issued_finding.issued_on IS 'Civil day it was issued';
COMMENT ON COLUMN issued_finding.as_of IS 'Civil day of the inspection it speaks of; null when that assessment is gone';
