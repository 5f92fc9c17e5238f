-- Findings of $assessment_id that wait for a person to confirm them, by check.
SELECT check_id, count(*) AS waiting
FROM finding
WHERE assessment_id = $assessment_id AND state IN (SELECT word FROM words.finding_state WHERE awaiting)
GROUP BY check_id
ORDER BY check_id
