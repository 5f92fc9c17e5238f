SELECT sha256, arg_min(text, first_seen_at) AS text, min(published_on)::VARCHAR AS published_on
FROM raw.page_text
WHERE sha256 NOT IN (SELECT sha256 FROM raw.text_reading WHERE read_by = $read_by)
GROUP BY sha256
ORDER BY sha256
