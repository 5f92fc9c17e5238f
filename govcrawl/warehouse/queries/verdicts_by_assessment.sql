-- How many sites each assessment found qualified, unqualified and unmeasured.
SELECT as_of, assessment_id, edition, verdict, count(*) AS sites
FROM site_result
JOIN assessment USING (assessment_id)
GROUP BY ALL
ORDER BY as_of, assessment_id, verdict
