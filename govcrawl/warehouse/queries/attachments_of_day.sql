-- How far the texts of the attachments that pages read on $as_of name were looked at for what is wrong in them; a row an attachment.
-- file_state: what became of the file; null where none was fetched yet. Asked apart from the pages: both at once take five times the memory.
SELECT v.site_code, l.target_url AS url, true AS attached, a.state AS file_state, r.state AS state, a.text_sha256 IS NOT NULL AS has_text
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
LEFT JOIN attachment_reading AS a USING (target_url)
LEFT JOIN text_reading AS r ON r.sha256 = a.text_sha256
WHERE v.as_of = $as_of AND v.of_pages AND l.internal AND l.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND l.kind IN (SELECT word FROM words.link_kind WHERE attachment)
ORDER BY v.site_code, l.target_url
