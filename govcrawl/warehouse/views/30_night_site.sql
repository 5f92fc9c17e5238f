CREATE VIEW night_site AS
SELECT as_of, site_code, name, home_url, unit, region_code, level, kind, status, has_services
FROM derived.night_registry
JOIN raw.site USING (registry_sha256)
WHERE status <> '关停';

COMMENT ON VIEW night_site IS 'One row per running site and inspected day: what an assessment of that day judges. Closed sites (关停) are left out, 例外 stay in.';
COMMENT ON COLUMN night_site.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_site.site_code IS '网站标识码, e.g. 6500000001';
COMMENT ON COLUMN night_site.name IS '网站名称';
COMMENT ON COLUMN night_site.home_url IS '首页网址';
COMMENT ON COLUMN night_site.unit IS '主办单位';
COMMENT ON COLUMN night_site.region_code IS '行政区划代码, six digits';
COMMENT ON COLUMN night_site.level IS '层级: 部委, 省, 市, 县 or 乡';
COMMENT ON COLUMN night_site.kind IS '网站类型: 门户 or 部门';
COMMENT ON COLUMN night_site.status IS '运行状态: 正常 or 例外';
COMMENT ON COLUMN night_site.has_services IS '是否有对外服务职能';
