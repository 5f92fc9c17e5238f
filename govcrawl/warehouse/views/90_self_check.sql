CREATE VIEW self_check AS
SELECT site_code, indicator_id, verdict, score, checked_on, checked_by, remark
FROM raw.self_check SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW self_check IS 'One row per site, indicator and day of what a unit says of its own site (自查), as the registry of the newest finished run has it.';
COMMENT ON COLUMN self_check.site_code IS 'Site it is about';
COMMENT ON COLUMN self_check.indicator_id IS 'Indicator it is about (指标编号), null for the whole site';
COMMENT ON COLUMN self_check.verdict IS '合格 or 不合格, null when only a score is given';
COMMENT ON COLUMN self_check.score IS 'Score of the site, or points the indicator lost or won (得分), e.g. 92.5';
COMMENT ON COLUMN self_check.checked_on IS 'Civil day of the check (检查日期), e.g. 2026-11-01';
COMMENT ON COLUMN self_check.checked_by IS 'Who checked (检查人, 填报人)';
COMMENT ON COLUMN self_check.remark IS 'What they add to it (说明)';
