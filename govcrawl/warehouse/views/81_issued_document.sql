CREATE VIEW issued_document AS
SELECT notice_id, assessment_id, kind, number, cites, issued_on, due_on, files
FROM raw.issued_document;

COMMENT ON VIEW issued_document IS 'One row per document that was issued. An issued document is never changed; a correction is another one that cites it.';
COMMENT ON COLUMN issued_document.notice_id IS 'Name of the folder in data/issued';
COMMENT ON COLUMN issued_document.assessment_id IS 'Assessment it speaks of';
COMMENT ON COLUMN issued_document.kind IS 'What it is, e.g. circular or correction';
COMMENT ON COLUMN issued_document.number IS 'Its number (发文字号)';
COMMENT ON COLUMN issued_document.cites IS 'Number of the document it follows or corrects; null for none';
COMMENT ON COLUMN issued_document.issued_on IS 'Civil day it was issued';
COMMENT ON COLUMN issued_document.due_on IS 'Civil day by which faults must be mended; null when it sets none';
COMMENT ON COLUMN issued_document.files IS 'Files of the document with their hashes';
