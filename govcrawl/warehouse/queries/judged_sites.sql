-- Which sites did an assessment judge, how, and whose are they?
-- $assessment_id: the assessment. band: the score in the steps that circulars print; null without a score.
SELECT site_code, coalesce(name, site_code) AS name, coalesce(unit, '(未登记主办单位)') AS unit, home_url, region_code,
    level, kind, has_services, verdict, score, vetoes,
    CASE
        WHEN score >= 90 THEN '90分及以上' WHEN score >= 80 THEN '80分至89.99分'
        WHEN score >= 60 THEN '60分至79.99分' WHEN score < 60 THEN '60分以下'
    END AS band
FROM site_result LEFT JOIN site USING (site_code)
WHERE assessment_id = $assessment_id
ORDER BY site_code
