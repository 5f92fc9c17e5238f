CREATE VIEW section AS
SELECT site_code, name, nullif(url, '') AS url, class, rank, update_days, entry_selector, required, min_entries, unit
FROM raw.section SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW section IS 'One row per registered section, as the registry of the newest finished run has it (section_history has every run).';
COMMENT ON COLUMN section.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN section.name IS 'Name of the section (栏目名称), e.g. 通知公告';
COMMENT ON COLUMN section.url IS 'Address of the section (栏目网址), its first list page; null for a required section the site does not have';
COMMENT ON COLUMN section.class IS 'Class of the section (栏目类别), decides the term, e.g. 政策文件';
COMMENT ON COLUMN section.rank IS 'Rank in the navigation (级别): 一级 or 二级';
COMMENT ON COLUMN section.update_days IS 'Days within which it must be updated (更新期限) where they override the term of the class, e.g. 30';
COMMENT ON COLUMN section.entry_selector IS 'CSS selector of an entry where the list needs one';
COMMENT ON COLUMN section.required IS 'The office demands the section (必设栏目)';
COMMENT ON COLUMN section.min_entries IS 'Fewest entries within its term that the office expects (最少条数), e.g. 3';
COMMENT ON COLUMN section.unit IS 'Unit that supplies the section (责任单位)';
