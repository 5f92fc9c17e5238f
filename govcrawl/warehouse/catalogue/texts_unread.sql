-- Texts that nobody has read by the lists $read_by. of_run, of_site: whose records hold it as it came; is_masked: here it may stand
-- masked, which only the numbers of a person are, but a page may print asterisks, too.
SELECT sha256, arg_min(text, first_seen_at) AS text, min(published_on)::VARCHAR AS published_on,
    arg_min(site_code, first_seen_at) AS site_code, bool_or(contains(text, '****')) AS is_masked,
    arg_max(run_id, (first_seen_at, run_id)) AS of_run, arg_max(site_code, (first_seen_at, run_id)) AS of_site
FROM raw.page_text
WHERE sha256 NOT IN (SELECT sha256 FROM raw.text_reading WHERE read_by = $read_by)
GROUP BY sha256
ORDER BY of_run, of_site, sha256
