-- How many faults each check found in one assessment.
SELECT check_id, count(*) AS faults
FROM raw.finding
WHERE assessment_id = $assessment_id
GROUP BY ALL
ORDER BY check_id
