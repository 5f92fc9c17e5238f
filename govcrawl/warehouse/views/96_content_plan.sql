CREATE VIEW content_plan AS
WITH demanded AS (
    SELECT a.assessment_id, s.site_code, s.name AS section_name, nullif(s.url, '') AS section_url, s.class, s.min_entries,
        coalesce(s.unit, site.unit) AS unit
    FROM derived.assessed_registry AS a
    JOIN raw.section AS s ON s.registry_sha256 = a.registry_sha256 AND s.required
    JOIN raw.site AS site
        ON site.registry_sha256 = a.registry_sha256 AND site.site_code = s.site_code AND site.status <> '关停'
), fault AS (
    SELECT assessment_id, site_code, evidence ->> '$.section_name' AS section_name,
        bool_or(check_id = 'section-missing') AS missing,
        bool_or(check_id = 'section-blank') AS blank,
        bool_or(check_id = 'section-stale') AS late
    FROM raw.finding
    WHERE check_id IN ('section-missing', 'section-blank', 'section-stale') 
        AND state IN (SELECT word FROM words.finding_state WHERE reported)
    GROUP BY ALL
)
SELECT d.assessment_id, d.site_code, d.section_name, d.section_url, d.class, d.unit,
    CASE
        WHEN fault.missing THEN 'missing'
        WHEN f.entries IS NULL THEN 'unread'
        WHEN fault.blank THEN 'blank'
        WHEN fault.late THEN 'late'
        WHEN f.entries >= coalesce(d.min_entries, 0) THEN 'kept'
        WHEN v.complete THEN 'thin'
        ELSE 'unread'
    END AS state,
    f.entries, d.min_entries, f.term_days, f.last_entry_on
FROM demanded AS d
LEFT JOIN fault USING (assessment_id, site_code, section_name)
LEFT JOIN raw.section_frequency AS f
    ON f.assessment_id = d.assessment_id AND f.site_code = d.site_code AND f.section_url = d.section_url
    AND f.section_name = d.section_name
LEFT JOIN raw.section_visit AS v
    ON v.run_id = f.run_id AND v.site_code = d.site_code AND v.section_url = d.section_url
    AND v.section_name = d.section_name;

COMMENT ON VIEW content_plan IS 'One row per required section (必设栏目) and assessment: is it there, in time, full enough.';
