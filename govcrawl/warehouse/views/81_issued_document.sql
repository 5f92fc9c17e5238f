CREATE VIEW issued_document AS
SELECT notice_id, assessment_id, kind, number, cites, issued_on, due_on, files
FROM raw.issued_document;

COMMENT ON VIEW issued_document IS 'One row per document that was issued. An issued document is never changed; a correction is another one that cites it.';
