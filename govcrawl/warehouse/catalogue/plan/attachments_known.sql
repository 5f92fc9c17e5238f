-- Attachments that were fetched before $as_of and are asked for again tonight: what their hosts said of them then.
SELECT a.target_url AS url, a.etag, a.last_modified, a.size_bytes
FROM attachment_reading AS a
JOIN raw.run AS r USING (run_id)
LEFT JOIN derived.known_target AS k USING (target_url)
WHERE r.as_of < $as_of AND NOT coalesce(k.opened AND k.checked_on < $as_of
    AND k.checked_on + (1 + hash(a.target_url) % $within_days::INTEGER)::INTEGER > $as_of, false)
ORDER BY url
