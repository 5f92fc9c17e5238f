SELECT assessment_id, manifest_sha256
FROM raw.assessment
