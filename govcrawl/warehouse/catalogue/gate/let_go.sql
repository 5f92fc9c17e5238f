-- Records that people took away on purpose.
SELECT 'assessment' AS kind, assessment_id AS name FROM raw.withdrawn
UNION ALL
SELECT 'run', run_id FROM raw.pruned
