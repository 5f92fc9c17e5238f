-- Pages behind the home page read on $as_of, and which group of official tags each of them carries at least one of.
SELECT p.site_code, p.url, p.kind, v.finish_reason, p.run_id, p.fetched_at, p.body_sha256, p.doubts,
    list_has_any(map_keys(p.tags), $site_tags::VARCHAR[]) AS has_site_tags,
    list_has_any(map_keys(p.tags), $column_tags::VARCHAR[]) AS has_column_tags,
    list_has_any(map_keys(p.tags), $content_tags::VARCHAR[]) AS has_content_tags
FROM night_visit AS v
JOIN page AS p USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND p.read_state IN (SELECT word FROM words.read_state WHERE read) AND p.kind IN ('article', 'section', 'other')
ORDER BY p.site_code, p.url
