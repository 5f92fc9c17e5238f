CREATE VIEW assessment AS
SELECT assessment_id, as_of, edition, edition_sha256, overlay, snapshot, created_at, code_version, runs,
    decisions_sha256, overlay_sha256
FROM raw.assessment;

COMMENT ON VIEW assessment IS 'One row per assessment.';
