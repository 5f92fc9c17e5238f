-- Every assessment, the earliest day first; of one day the newest last.
SELECT assessment_id, edition, as_of, snapshot
FROM raw.assessment
ORDER BY as_of, created_at, assessment_id
