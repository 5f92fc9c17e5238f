CREATE VIEW section_frequency AS
SELECT assessment_id, site_code, section_name, section_url, class, run_id, term_days, entries, undated, undated_share,
    median_gap_days, longest_gap_days, idle_days, last_entry_on, next_due_on
FROM raw.section_frequency;

COMMENT ON VIEW section_frequency IS 'One row per section and assessment: how often it was updated.';
