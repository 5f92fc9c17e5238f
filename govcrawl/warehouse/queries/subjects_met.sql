-- Which of $subjects (pages or link targets of $site_codes, position by position) were opened on $as_of, as a page
-- that was read or (`as_target`) as the target of a link.
WITH asked AS (
    SELECT unnest($site_codes::VARCHAR[]) AS site_code, unnest($subjects::VARCHAR[]) AS subject_url
)
SELECT site_code, url AS subject_url, false AS as_target
FROM night_page
WHERE as_of = $as_of AND read AND (site_code, url) IN (FROM asked)
UNION
SELECT v.site_code, l.target_url, true
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.kind = 'site' AND l.outcome IN (SELECT word FROM words.outcome WHERE opened)
    AND (v.site_code, l.target_url) IN (FROM asked)
ORDER BY ALL
