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
COMMENT ON COLUMN content_plan.assessment_id IS 'Assessment of that day';
COMMENT ON COLUMN content_plan.site_code IS 'Site that must have the section';
COMMENT ON COLUMN content_plan.section_name IS 'Name of the section, e.g. 政策解读';
COMMENT ON COLUMN content_plan.section_url IS 'Its address; null where the office says the site has none';
COMMENT ON COLUMN content_plan.class IS 'Class of the section (栏目类别)';
COMMENT ON COLUMN content_plan.unit IS 'Unit that supplies it (责任单位), else the one that answers for the site';
COMMENT ON COLUMN content_plan.state IS 'missing, blank, late (beyond its term), thin (fewer entries within the term than min_entries), kept, or unread (not known: its list was not read, or not far enough)';
COMMENT ON COLUMN content_plan.entries IS 'Entries within its term, or within a year where it has none; null when it was not read';
COMMENT ON COLUMN content_plan.min_entries IS 'Fewest the office expects (最少条数), null when it says nothing';
COMMENT ON COLUMN content_plan.term_days IS 'Length of the term in days on that day';
COMMENT ON COLUMN content_plan.last_entry_on IS 'Civil day of its newest entry, e.g. 2026-11-20';
