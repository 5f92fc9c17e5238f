CREATE VIEW night_section AS
SELECT as_of, site_code, name AS section_name, url AS section_url, class, rank, update_days
FROM derived.night_registry
JOIN raw.section USING (registry_sha256)
SEMI JOIN night_site USING (as_of, site_code)
WHERE url <> '';

COMMENT ON VIEW night_section IS 'One row per registered section with an address, of a running site, and inspected day: what an assessment of that day judges.';
COMMENT ON COLUMN night_section.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_section.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN night_section.section_name IS '栏目名称, e.g. 通知公告';
COMMENT ON COLUMN night_section.section_url IS '栏目网址';
COMMENT ON COLUMN night_section.class IS '栏目类别, decides the term, e.g. 政策文件';
COMMENT ON COLUMN night_section.rank IS '级别: 一级 or 二级';
COMMENT ON COLUMN night_section.update_days IS '更新期限 in days where it overrides the term of the class, e.g. 30';
