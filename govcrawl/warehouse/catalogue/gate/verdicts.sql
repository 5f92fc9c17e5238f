-- The verdicts of one assessment.
SELECT site_code, verdict
FROM raw.site_result
WHERE assessment_id = $assessment_id
ORDER BY site_code
