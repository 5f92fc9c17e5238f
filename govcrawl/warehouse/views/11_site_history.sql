CREATE VIEW site_history AS
SELECT run_id, as_of, site_code, name, home_url, unit, region_code, level, s.kind, status, has_services, render
FROM raw.run JOIN raw.site AS s USING (registry_sha256);

COMMENT ON VIEW site_history IS 'One row per registered site and run: the registry as that run saw it, the denominator of every rate.';
COMMENT ON COLUMN site_history.run_id IS 'Run that worked from this registry';
COMMENT ON COLUMN site_history.as_of IS 'Civil day that run stands for';
COMMENT ON COLUMN site_history.site_code IS 'Official code of the site (网站标识码), e.g. 6500000001';
COMMENT ON COLUMN site_history.name IS 'Name of the site (网站名称), e.g. 岚川市人民政府';
COMMENT ON COLUMN site_history.home_url IS 'Address of the home page (首页网址)';
COMMENT ON COLUMN site_history.unit IS 'Unit that answers for the site (主办单位)';
COMMENT ON COLUMN site_history.region_code IS 'Administrative division (行政区划代码), six digits, e.g. 650000';
COMMENT ON COLUMN site_history.level IS 'Level of government (层级): 部委, 省, 市, 县 or 乡';
COMMENT ON COLUMN site_history.kind IS 'Kind of site (网站类型): 门户 or 部门';
COMMENT ON COLUMN site_history.status IS 'Whether it runs (运行状态): 正常, 例外 or 关停; closed sites are in no denominator';
COMMENT ON COLUMN site_history.has_services IS 'The unit serves the public (是否有对外服务职能)';
COMMENT ON COLUMN site_history.render IS 'How its pages are read (渲染方式): auto, http or browser';
