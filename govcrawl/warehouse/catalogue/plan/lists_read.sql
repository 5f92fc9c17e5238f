-- First pages of lists of each site as they were read last, by the same code, for this registry and term: those that
-- held the whole of the list, or all of its term, as rows that print a day and its year; not those whose turn it is on $as_of.
SELECT k.site_code, k.url, p.body_sha256, p.content_type, k.read_run_id, p.entries
FROM derived.known_page AS k
JOIN raw.run AS r
    ON r.run_id = k.read_run_id AND r.reader_sha256 = $reader_sha256 AND r.registry_sha256 = $registry_sha256
    AND json_extract_string(r.settings, '$.SECTION_DAYS') IS NOT DISTINCT FROM $section_days
JOIN (FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at)) AS p
    ON p.run_id = k.read_run_id AND p.site_code = k.site_code AND p.url = k.url
SEMI JOIN (
    SELECT run_id, site_code, section_url
    FROM raw.section_visit
    GROUP BY run_id, site_code, section_url
    HAVING bool_and(complete AND pages_read = 1 AND NOT rendered)
) AS v ON v.run_id = k.read_run_id AND v.site_code = k.site_code AND v.section_url = k.url
WHERE k.due_on > $as_of AND k.read_on < $as_of AND NOT p.rendered AND coalesce(derived.arrived(p.final_url, p.url), p.url) = p.url
    AND p.outcome IN (SELECT word FROM words.outcome WHERE ok) AND p.read_state IN (SELECT word FROM words.read_state WHERE read)
    AND len(p.entries) > 0
    AND len(list_filter(p.entries, lambda entry: entry.published_on IS NULL OR coalesce(entry.year_assumed, false))) = 0
ORDER BY k.site_code, k.url
