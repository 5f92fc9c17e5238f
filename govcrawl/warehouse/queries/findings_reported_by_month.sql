-- The faults of sites that the last inspection of each month between $since and $until reports, by the rules of $assessment_id (edition and
-- overlay): a row a fault and month.
SELECT m.month, f.finding_key, f.site_code, f.check_id, f.subject_url, coalesce(r.drawn, true) AS drawn
FROM derived.judged_months($assessment_id, $since, $until) AS m
JOIN finding AS f USING (assessment_id)
LEFT JOIN site_result AS r ON r.assessment_id = m.assessment_id AND r.site_code = f.site_code
WHERE f.site_code IS NOT NULL AND f.state IN (SELECT word FROM words.finding_state WHERE reported)
ORDER BY m.month, f.site_code, f.finding_key
