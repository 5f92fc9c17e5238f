-- The records a database was made from, by kind and name. What a reader could see yesterday must not be lacking today.
SELECT 'run' AS kind, run_id AS name FROM raw.run
UNION ALL
SELECT 'assessment', assessment_id FROM raw.assessment
UNION ALL
SELECT 'issued document', notice_id FROM raw.issued_document
UNION ALL
SELECT DISTINCT 'decision', file FROM raw.decision
