CREATE VIEW site AS
SELECT site_code, name, home_url, unit, region_code, level, kind, status, has_services, render, private_address
FROM raw.site SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW site IS 'One row per registered site, as the registry of the newest finished run has it (site_history has every run).';
COMMENT ON COLUMN site.site_code IS 'Official code of the site (网站标识码), e.g. 6500000001';
COMMENT ON COLUMN site.name IS 'Name of the site (网站名称), e.g. 岚川市人民政府';
COMMENT ON COLUMN site.home_url IS 'Address of the home page (首页网址)';
COMMENT ON COLUMN site.unit IS 'Unit that answers for the site (主办单位)';
COMMENT ON COLUMN site.region_code IS 'Administrative division (行政区划代码), six digits, e.g. 650000';
COMMENT ON COLUMN site.level IS 'Level of government (层级): 部委, 省, 市, 县 or 乡';
COMMENT ON COLUMN site.kind IS 'Kind of site (网站类型): 门户 or 部门';
COMMENT ON COLUMN site.status IS 'Whether it runs (运行状态): 正常, 例外 or 关停; closed sites are in no denominator';
COMMENT ON COLUMN site.has_services IS 'The unit serves the public (是否有对外服务职能)';
COMMENT ON COLUMN site.render IS 'How its pages are read (渲染方式): auto, http or browser';
COMMENT ON COLUMN site.private_address IS 'Address inside the office''s network at which alone the site may be asked (内网地址); null: it must lie on the internet';
