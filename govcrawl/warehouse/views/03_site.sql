CREATE VIEW site AS
SELECT site_code, name, home_url, unit, region_code, level, kind, status, has_services, render
FROM raw.site SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW site IS 'One row per registered site, as the registry of the newest finished run has it (site_history has every run).';
COMMENT ON COLUMN site.site_code IS '网站标识码, e.g. 6500000001';
COMMENT ON COLUMN site.name IS '网站名称';
COMMENT ON COLUMN site.home_url IS '首页网址';
COMMENT ON COLUMN site.unit IS '主办单位';
COMMENT ON COLUMN site.region_code IS '行政区划代码, six digits';
COMMENT ON COLUMN site.level IS '层级: 部委, 省, 市, 县 or 乡';
COMMENT ON COLUMN site.kind IS '网站类型: 门户 or 部门';
COMMENT ON COLUMN site.status IS '运行状态: 正常, 例外 or 关停; closed sites are in no denominator';
COMMENT ON COLUMN site.has_services IS '是否有对外服务职能';
COMMENT ON COLUMN site.render IS '渲染方式: auto, http or browser';
