CREATE VIEW derived.section_list AS
SELECT v.* REPLACE (coalesce(kept.entries, v.entries) AS entries)
FROM raw.section_visit AS v
LEFT JOIN (SELECT run_id, site_code, section_name, section_url, entries FROM raw.section_visit) AS kept
    ON kept.run_id = v.same_as_run AND kept.site_code = v.site_code AND kept.section_name = v.section_name
    AND kept.section_url = v.section_url;

COMMENT ON VIEW derived.section_list IS 'One registered section in one run that read it, with the entries of its list.';
