-- Pages that were known and not due on $as_of: the day each was last read (Asia/Shanghai).
SELECT site_code, url, (fetched_at + INTERVAL 8 HOUR)::DATE AS read_on
FROM night.addresses
WHERE as_of = $as_of AND standing
ORDER BY site_code, url
