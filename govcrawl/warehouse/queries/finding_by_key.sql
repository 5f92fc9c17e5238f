-- One fault in every assessment that has it, the newest first.
SELECT f.*
FROM finding AS f
JOIN assessment AS a USING (assessment_id)
WHERE f.finding_key = $finding_key
ORDER BY a.as_of DESC, a.created_at DESC, f.assessment_id DESC
