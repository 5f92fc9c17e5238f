CREATE VIEW section_history AS
SELECT run_id, as_of, site_code, name, url, class, rank, update_days, entry_selector
FROM raw.run JOIN raw.section USING (registry_sha256);

COMMENT ON VIEW section_history IS 'One row per registered section and run: the registry as that run saw it.';
COMMENT ON COLUMN section_history.run_id IS 'Run that worked from this registry';
COMMENT ON COLUMN section_history.as_of IS 'Civil day that run stands for';
COMMENT ON COLUMN section_history.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN section_history.name IS 'Name of the section (栏目名称), e.g. 通知公告';
COMMENT ON COLUMN section_history.url IS 'Address of the section (栏目网址), its first list page';
COMMENT ON COLUMN section_history.class IS 'Class of the section (栏目类别), decides the term, e.g. 政策文件';
COMMENT ON COLUMN section_history.rank IS 'Rank in the navigation (级别): 一级 or 二级';
COMMENT ON COLUMN section_history.update_days IS 'Days within which it must be updated (更新期限) where they override the term of the class, e.g. 30';
COMMENT ON COLUMN section_history.entry_selector IS 'CSS selector of an entry where the list needs one';
