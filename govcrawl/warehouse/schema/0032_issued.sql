-- Documents that went out, from data/issued/<notice_id>/issued.json: what a unit was told, and by when it must mend it.
CREATE TABLE raw.issued_document (
    notice_id VARCHAR PRIMARY KEY,
    assessment_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    number VARCHAR,
    cites VARCHAR,
    issued_on DATE NOT NULL,
    due_on DATE,
    files STRUCT("path" VARCHAR, sha256 VARCHAR)[] NOT NULL,
    manifest_sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE raw.issued_document IS 'One document that was issued, from its issued.json.';
COMMENT ON COLUMN raw.issued_document.notice_id IS 'Name of the folder in data/issued';
COMMENT ON COLUMN raw.issued_document.assessment_id IS 'Assessment it speaks of';
COMMENT ON COLUMN raw.issued_document.kind IS 'What it is, e.g. circular or correction';
COMMENT ON COLUMN raw.issued_document.number IS 'Its number (发文字号)';
COMMENT ON COLUMN raw.issued_document.cites IS 'Number of the document it follows or corrects; null for none';
COMMENT ON COLUMN raw.issued_document.issued_on IS 'Civil day it was issued';
COMMENT ON COLUMN raw.issued_document.due_on IS 'Civil day by which faults must be mended; null when it sets none';
COMMENT ON COLUMN raw.issued_document.files IS 'Files of the document with their hashes';
COMMENT ON COLUMN raw.issued_document.manifest_sha256 IS 'SHA-256 of issued.json as it was loaded';

CREATE TABLE raw.issued_finding (
    notice_id VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    number VARCHAR,
    due_on DATE
);
COMMENT ON TABLE raw.issued_finding IS 'One fault a unit was told of in one issued document.';
COMMENT ON COLUMN raw.issued_finding.notice_id IS 'Document that told it';
COMMENT ON COLUMN raw.issued_finding.finding_key IS 'Fault it was told of';
COMMENT ON COLUMN raw.issued_finding.unit IS 'Unit that was told';
COMMENT ON COLUMN raw.issued_finding.number IS 'Number of the notice to that unit';
COMMENT ON COLUMN raw.issued_finding.due_on IS 'Civil day by which the unit must mend it; null when none was set';
