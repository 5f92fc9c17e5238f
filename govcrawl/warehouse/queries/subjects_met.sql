-- Which of $subjects (pages, attachments or link targets of $site_codes, position by position) were met on $as_of, and `how`: `page_read` or
-- `page_gone` of a page or a file for search engines, `listed` of an entry of a section, `linked` of a target that a page of the site still names, `opened` of one that opened.
WITH asked AS (
    SELECT unnest($site_codes::VARCHAR[]) AS site_code, unnest($subjects::VARCHAR[]) AS subject_url
)
SELECT site_code, url AS subject_url, CASE WHEN read THEN 'page_read' ELSE 'page_gone' END AS how
FROM night.addresses
WHERE as_of = $as_of AND (read OR gone) AND NOT standing AND (site_code, url) IN (FROM asked)
UNION
SELECT f.site_code, f.url, CASE WHEN f.sha256 IS NULL THEN 'page_gone' ELSE 'page_read' END
FROM site_file AS f
JOIN run AS r USING (run_id)
WHERE r.as_of = $as_of AND f.name <> 'verification' AND f.outcome IN (SELECT word FROM words.outcome WHERE telling)
    AND (f.site_code, f.url) IN (FROM asked)
UNION
SELECT site_code, url, 'listed'
FROM night_entry
WHERE as_of = $as_of AND (site_code, url) IN (FROM asked)
UNION
SELECT k.site_code, k.subject_url, 'page_read'  -- an attachment, as a page
FROM asked AS k
JOIN attachment_reading AS a ON a.target_url = k.subject_url
JOIN run AS r USING (run_id)
WHERE r.as_of = $as_of AND a.state IN (SELECT word FROM words.file_state WHERE read)
UNION
SELECT v.site_code, l.target_url, 'page_gone'
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages AND (v.site_code, l.target_url) IN (FROM asked)
    AND l.kind IN (SELECT word FROM words.link_kind WHERE attachment) AND l.outcome IN (SELECT word FROM words.outcome WHERE at_once) AND l.confirmed
UNION
SELECT v.site_code, l.target_url, unnest(CASE WHEN l.outcome IN (SELECT word FROM words.outcome WHERE opened) THEN ['linked', 'opened'] ELSE ['linked'] END)
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages AND (v.site_code, l.target_url) IN (FROM asked)
ORDER BY ALL
