-- Which indicators could an assessment not measure on which site, and why?
-- $assessment_id: the assessment.
SELECT indicator_id, site_code, coalesce(name, site_code) AS name, coalesce(unit, '(未登记主办单位)') AS unit, reason
FROM indicator_result LEFT JOIN site USING (site_code)
WHERE assessment_id = $assessment_id AND state = 'unmeasured'
ORDER BY site_code, indicator_id
