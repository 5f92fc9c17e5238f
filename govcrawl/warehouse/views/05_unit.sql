CREATE VIEW unit AS
SELECT unit, parent, region_code, contact, phone
FROM raw.unit SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW unit IS 'One row per registered unit, as the registry of the newest finished run has it.';
COMMENT ON COLUMN unit.unit IS '单位名称';
COMMENT ON COLUMN unit.parent IS '上级单位';
COMMENT ON COLUMN unit.region_code IS '行政区划代码, six digits';
COMMENT ON COLUMN unit.contact IS '联系人';
COMMENT ON COLUMN unit.phone IS '联系电话';
