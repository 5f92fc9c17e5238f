-- Every section of the registry of $assessment_id; a required one the site does not have has no address.
SELECT s.site_code, s.name, nullif(s.url, '') AS url, s.class, s.rank, s.update_days, s.entry_selector, s.required,
    s.min_entries, s.unit
FROM derived.assessed_registry
JOIN raw.section AS s USING (registry_sha256)
WHERE assessment_id = $assessment_id
ORDER BY ALL
