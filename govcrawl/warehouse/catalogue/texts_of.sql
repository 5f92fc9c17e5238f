-- The texts of the hashes $hashes.
SELECT sha256, arg_min(text, first_seen_at) AS text
FROM raw.page_text
WHERE sha256 IN (SELECT unnest($hashes::VARCHAR[]))
GROUP BY sha256
