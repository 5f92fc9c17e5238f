CREATE VIEW section_frequency AS
SELECT assessment_id, site_code, section_name, section_url, class, run_id, term_days, entries, undated, undated_share,
    median_gap_days, longest_gap_days, idle_days, last_entry_on, next_due_on
FROM raw.section_frequency;

COMMENT ON VIEW section_frequency IS 'One row per section and assessment: how often it was updated.';
COMMENT ON COLUMN section_frequency.assessment_id IS 'Assessment that measured';
COMMENT ON COLUMN section_frequency.site_code IS 'Site of the section';
COMMENT ON COLUMN section_frequency.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN section_frequency.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_frequency.class IS 'Class of the section (栏目类别), e.g. 通知公告';
COMMENT ON COLUMN section_frequency.run_id IS 'Run the entries come from';
COMMENT ON COLUMN section_frequency.term_days IS 'Days within which the section must be updated; null when it has no term';
COMMENT ON COLUMN section_frequency.entries IS 'Entries inside the window';
COMMENT ON COLUMN section_frequency.undated IS 'Entries without any date';
COMMENT ON COLUMN section_frequency.undated_share IS 'Share of entries without any date, 0 to 1';
COMMENT ON COLUMN section_frequency.median_gap_days IS 'Median of the days between consecutive updates';
COMMENT ON COLUMN section_frequency.longest_gap_days IS 'Longest stretch of days without an update';
COMMENT ON COLUMN section_frequency.idle_days IS 'Days from the last update to as_of';
COMMENT ON COLUMN section_frequency.last_entry_on IS 'Civil day of the last update';
COMMENT ON COLUMN section_frequency.next_due_on IS 'Civil day by which the next update is due';
