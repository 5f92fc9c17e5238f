-- Which of $subjects (pages or link targets of $site_codes, position by position) were opened on $as_of.
WITH asked AS (
    SELECT unnest($site_codes::VARCHAR[]) AS site_code, unnest($subjects::VARCHAR[]) AS subject_url
)
SELECT site_code, url AS subject_url
FROM night_page
WHERE as_of = $as_of AND read AND (site_code, url) IN (FROM asked)
UNION
SELECT v.site_code, l.target_url
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.kind = 'site' AND l.outcome IN $opened AND (v.site_code, l.target_url) IN (FROM asked)
ORDER BY ALL
