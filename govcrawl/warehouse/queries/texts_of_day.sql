-- How far the texts of the pages read on $as_of, and of the attachments they name, were looked at for what is wrong in them; a row
-- a page or attachment. file_state: of an attachment, what became of the file; null where none was fetched yet.
SELECT p.site_code, p.url, false AS attached, NULL AS file_state, max_by(r.state, (p.fetched_at, p.run_id)) AS state, true AS has_text
FROM night_visit AS v
JOIN page AS p USING (run_id, site_code)
LEFT JOIN text_reading AS r ON r.sha256 = p.text_sha256
WHERE v.as_of = $as_of AND p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.text_sha256 IS NOT NULL
GROUP BY p.site_code, p.url
UNION ALL
SELECT v.site_code, l.target_url, true, a.state, r.state, a.text_sha256 IS NOT NULL
FROM night_visit AS v
JOIN link AS l USING (run_id, site_code)
LEFT JOIN attachment_reading AS a USING (target_url)
LEFT JOIN text_reading AS r ON r.sha256 = a.text_sha256
WHERE v.as_of = $as_of AND v.of_pages AND l.internal AND l.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND l.kind IN (SELECT word FROM words.link_kind WHERE attachment)
ORDER BY ALL
