SELECT sha256, arg_min(text, first_seen_at) AS text, min(published_on)::VARCHAR AS published_on, arg_min(site_code, first_seen_at) AS site_code
FROM raw.page_text
WHERE sha256 NOT IN (SELECT sha256 FROM raw.text_reading WHERE read_by = $read_by)
GROUP BY sha256
ORDER BY sha256
