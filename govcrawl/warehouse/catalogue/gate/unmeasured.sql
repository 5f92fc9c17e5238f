-- How many sites each row of one assessment speaks of, and how many it could not be measured on.
SELECT indicator_id, count(*) AS sites, count(*) FILTER (state IN (SELECT word FROM words.row_state WHERE unmeasured)) AS unmeasured
FROM raw.indicator_result
WHERE assessment_id = $assessment_id
GROUP BY ALL
ORDER BY indicator_id
