CREATE VIEW assessment AS
SELECT assessment_id, as_of, edition, edition_sha256, overlay, snapshot, created_at, code_version, runs,
    decisions_sha256, overlay_sha256
FROM raw.assessment;

COMMENT ON VIEW assessment IS 'One row per assessment.';
COMMENT ON COLUMN assessment.assessment_id IS 'Name of the assessment folder';
COMMENT ON COLUMN assessment.as_of IS 'Civil day that is judged, e.g. 2026-11-22';
COMMENT ON COLUMN assessment.edition IS 'Edition of the official indicators, e.g. inspection-2019';
COMMENT ON COLUMN assessment.edition_sha256 IS 'SHA-256 of the edition''s file';
COMMENT ON COLUMN assessment.overlay IS 'Name of the local overlay that changed terms or scope of the edition, null when none';
COMMENT ON COLUMN assessment.snapshot IS 'Published copy it was made from, e.g. 20261122T040000Z';
COMMENT ON COLUMN assessment.created_at IS 'Instant (UTC) it was made';
COMMENT ON COLUMN assessment.code_version IS 'Version of govcrawl that judged';
COMMENT ON COLUMN assessment.runs IS 'Runs it was made from';
COMMENT ON COLUMN assessment.decisions_sha256 IS 'SHA-256 over the decisions in force; null where there were none';
COMMENT ON COLUMN assessment.overlay_sha256 IS 'SHA-256 of the overlay''s file, null when none';
