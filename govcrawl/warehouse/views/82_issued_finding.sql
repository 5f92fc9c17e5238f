CREATE VIEW issued_finding AS
SELECT f.notice_id, f.finding_key, f.unit, f.number, f.due_on, d.kind, d.issued_on, a.as_of
FROM raw.issued_finding AS f
JOIN raw.issued_document AS d USING (notice_id)
LEFT JOIN raw.assessment AS a USING (assessment_id);

COMMENT ON VIEW issued_finding IS 'One row per fault and issued document: what a unit was told, when, and by when it must be mended.';
