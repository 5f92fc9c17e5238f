-- How far the texts of the pages read on $as_of were looked at for what is wrong in them; a row a page. Columns as of attachments_of_day.
SELECT p.site_code, p.url, false AS attached, NULL::VARCHAR AS file_state, max_by(r.state, (p.fetched_at, p.run_id)) AS state, true AS has_text
FROM night_visit AS v
JOIN night.pages AS p USING (run_id, site_code)
LEFT JOIN text_reading AS r ON r.sha256 = p.text_sha256
WHERE v.as_of = $as_of AND p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.text_sha256 IS NOT NULL
GROUP BY p.site_code, p.url
ORDER BY p.site_code, p.url
