-- How many faults of sites each assessment reports.
SELECT as_of, assessment_id, edition, count(*) AS faults
FROM finding
JOIN assessment USING (assessment_id)
WHERE site_code IS NOT NULL AND state IN (SELECT word FROM words.finding_state WHERE reported)
GROUP BY ALL
ORDER BY as_of, assessment_id
