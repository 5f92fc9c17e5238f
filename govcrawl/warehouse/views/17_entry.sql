CREATE VIEW entry AS
SELECT run_id, listed.site_code, section_name, listed.url, listed.title, listed.published_on, listed.date_origin,
    seen.first_seen_on, listed.section_url, class
FROM (
    SELECT v.run_id, v.site_code, v.section_name, v.section_url, s.class, unnest(v.entries, recursive := true)
    FROM derived.section_list AS v
    JOIN raw.run AS r USING (run_id)
    LEFT JOIN raw.section AS s
        ON s.registry_sha256 = r.registry_sha256 AND s.site_code = v.site_code AND s.url = v.section_url
        AND s.name = v.section_name
) AS listed
LEFT JOIN derived.entry_seen AS seen
    ON seen.site_code = listed.site_code AND seen.section_url = listed.section_url AND seen.url = listed.url
    AND seen.title IN ('', listed.title);

COMMENT ON VIEW entry IS 'One row per entry of one section and run.';
