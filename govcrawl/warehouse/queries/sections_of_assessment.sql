-- How often each section was updated, as one assessment measured it, with its rank and outcome of that night.
SELECT f.site_code, f.section_name, f.section_url, f.class, s.rank, a.outcome, f.term_days, f.entries, f.undated,
    f.median_gap_days, f.longest_gap_days, f.idle_days, f.last_entry_on, f.next_due_on
FROM raw.section_frequency AS f
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.section AS s
    ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = f.site_code AND s.url = f.section_url
    AND s.name = f.section_name
LEFT JOIN raw.section_visit AS a
    ON a.run_id = f.run_id AND a.site_code = f.site_code AND a.section_url = f.section_url
    AND a.section_name = f.section_name
WHERE f.assessment_id = $assessment_id
ORDER BY f.site_code, f.class, f.section_url, f.section_name
