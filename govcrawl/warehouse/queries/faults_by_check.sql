-- Reported faults of each assessment by check.
SELECT as_of, assessment_id, check_id, count(*) AS faults, count(DISTINCT site_code) AS sites
FROM finding
JOIN assessment USING (assessment_id)
WHERE state IN (SELECT word FROM words.finding_state WHERE reported)
GROUP BY ALL
ORDER BY as_of, assessment_id, check_id
