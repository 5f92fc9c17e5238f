CREATE VIEW spot_check AS
SELECT site_code, indicator_id, verdict, score, checked_on, checked_by, remark
FROM raw.spot_check SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW spot_check IS 'One row per site, indicator and day of what an inspector found by hand on a site (抽查), as the registry of the newest finished run has it.';
COMMENT ON COLUMN spot_check.site_code IS 'Site it is about';
COMMENT ON COLUMN spot_check.indicator_id IS 'Indicator it is about (指标编号), null for the whole site';
COMMENT ON COLUMN spot_check.verdict IS '合格 or 不合格, null when only a score is given';
COMMENT ON COLUMN spot_check.score IS 'Score of the site, or points the indicator lost or won (得分), e.g. 92.5';
COMMENT ON COLUMN spot_check.checked_on IS 'Civil day of the check (检查日期), e.g. 2026-11-01';
COMMENT ON COLUMN spot_check.checked_by IS 'Who checked (检查人, 填报人)';
COMMENT ON COLUMN spot_check.remark IS 'What they add to it (说明)';
