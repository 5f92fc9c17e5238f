-- Pages behind the home page read on $as_of, and which group of official tags each of them carries at least one of.
-- A page that only its address calls a section (no rows, no tags of a column, not registered) may be any page in a folder of
-- its own, say a form: its kind is `other` here.
SELECT p.site_code, p.url, v.finish_reason, p.run_id, p.fetched_at, p.body_sha256, p.doubts,
    list_has_any(map_keys(p.tags), $site_tags::VARCHAR[]) AS has_site_tags,
    list_has_any(map_keys(p.tags), $column_tags::VARCHAR[]) AS has_column_tags,
    list_has_any(map_keys(p.tags), $content_tags::VARCHAR[]) AS has_content_tags,
    CASE WHEN p.kind = 'section' AND p.entries = 0 AND NOT has_column_tags
            AND NOT EXISTS (
                FROM night_section AS s
                WHERE s.as_of = $as_of AND s.site_code = p.site_code AND s.section_url IN (p.url, p.final_url))
        THEN 'other' ELSE p.kind END AS kind
FROM night_visit AS v
JOIN night.pages AS p USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND p.read_state IN (SELECT word FROM words.read_state WHERE read) AND p.kind IN ('article', 'section', 'other')
ORDER BY p.site_code, p.url
