CREATE VIEW entry AS
SELECT run_id, listed.site_code, section_name, listed.url, listed.title, listed.published_on, listed.date_origin,
    seen.first_seen_on, listed.section_url
FROM (
    SELECT run_id, site_code, section_name, section_url, unnest(entries, recursive := true)
    FROM raw.section_visit
) AS listed
LEFT JOIN derived.entry_seen AS seen
    ON seen.site_code = listed.site_code AND seen.section_url = listed.section_url AND seen.url = listed.url
    AND seen.title IN ('', listed.title);

COMMENT ON VIEW entry IS 'One row per entry of one section and run.';
