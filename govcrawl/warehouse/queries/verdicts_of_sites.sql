-- The verdicts on $site_codes by $edition up to $as_of; a day judged twice counts with its newest assessment.
SELECT r.site_code, a.as_of, a.assessment_id, r.verdict, r.score, r.vetoes
FROM site_result AS r
JOIN assessment AS a USING (assessment_id)
WHERE r.site_code IN $site_codes AND a.edition = $edition AND a.as_of <= $as_of
QUALIFY row_number() OVER (
    PARTITION BY r.site_code, a.as_of ORDER BY a.created_at DESC, a.assessment_id DESC
) = 1
ORDER BY r.site_code, a.as_of
