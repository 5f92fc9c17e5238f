-- The office's content plan, the tree of units, and what people found by hand, in the registry.
ALTER TABLE raw.section ADD COLUMN required BOOLEAN DEFAULT false;
ALTER TABLE raw.section ALTER COLUMN required SET NOT NULL;
ALTER TABLE raw.section ADD COLUMN min_entries INTEGER;
ALTER TABLE raw.section ADD COLUMN unit VARCHAR;
COMMENT ON COLUMN raw.section.url IS 'Address of the section (栏目网址), its first list page; empty for a required section the site does not have';
COMMENT ON COLUMN raw.section.required IS 'The office demands the section (必设栏目)';
COMMENT ON COLUMN raw.section.min_entries IS 'Fewest entries within its term that the office expects (最少条数), e.g. 3';
COMMENT ON COLUMN raw.section.unit IS 'Unit that supplies the section (责任单位)';

ALTER TABLE raw.unit ADD COLUMN vertical BOOLEAN DEFAULT false;
ALTER TABLE raw.unit ALTER COLUMN vertical SET NOT NULL;
ALTER TABLE raw.unit ADD COLUMN aliases VARCHAR;
COMMENT ON COLUMN raw.unit.vertical IS 'The unit is led by its superior wherever it sits (垂直管理): its sites count in the superior''s region';
COMMENT ON COLUMN raw.unit.aliases IS 'Further names of the unit (简称), separated by 、, e.g. 市教体局、教体局';

CREATE TABLE raw.self_check (
    registry_sha256 VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    indicator_id VARCHAR,
    verdict VARCHAR,
    score DOUBLE,
    checked_on DATE,
    checked_by VARCHAR,
    remark VARCHAR
);
COMMENT ON TABLE raw.self_check IS 'What a unit says of its own site (自查), of one registry.';
COMMENT ON COLUMN raw.self_check.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.self_check.site_code IS 'Site it is about';
COMMENT ON COLUMN raw.self_check.indicator_id IS 'Indicator it is about (指标编号), null for the whole site';
COMMENT ON COLUMN raw.self_check.verdict IS '合格 or 不合格, null when only a score is given';
COMMENT ON COLUMN raw.self_check.score IS 'Score of the site, or points the indicator lost or won (得分), e.g. 92.5';
COMMENT ON COLUMN raw.self_check.checked_on IS 'Civil day of the check (检查日期), e.g. 2026-11-01';
COMMENT ON COLUMN raw.self_check.checked_by IS 'Who checked (检查人, 填报人)';
COMMENT ON COLUMN raw.self_check.remark IS 'What they add to it (说明)';

CREATE TABLE raw.spot_check (
    registry_sha256 VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    indicator_id VARCHAR,
    verdict VARCHAR,
    score DOUBLE,
    checked_on DATE,
    checked_by VARCHAR,
    remark VARCHAR
);
COMMENT ON TABLE raw.spot_check IS 'What an inspector found by hand on a site (抽查), of one registry.';
COMMENT ON COLUMN raw.spot_check.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.spot_check.site_code IS 'Site it is about';
COMMENT ON COLUMN raw.spot_check.indicator_id IS 'Indicator it is about (指标编号), null for the whole site';
COMMENT ON COLUMN raw.spot_check.verdict IS '合格 or 不合格, null when only a score is given';
COMMENT ON COLUMN raw.spot_check.score IS 'Score of the site, or points the indicator lost or won (得分), e.g. 92.5';
COMMENT ON COLUMN raw.spot_check.checked_on IS 'Civil day of the check (检查日期), e.g. 2026-11-01';
COMMENT ON COLUMN raw.spot_check.checked_by IS 'Who checked (检查人, 填报人)';
COMMENT ON COLUMN raw.spot_check.remark IS 'What they add to it (说明)';

-- What an article says it was taken from.
ALTER TABLE raw.page ADD COLUMN source VARCHAR;
COMMENT ON COLUMN raw.page.source IS 'Whom the article names as its source (来源, ContentSource), e.g. 岚川市教育局';
