CREATE VIEW unit AS
SELECT unit, parent, region_code, contact, phone, vertical, aliases
FROM raw.unit SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW unit IS 'One row per registered unit, as the registry of the newest finished run has it.';
COMMENT ON COLUMN unit.unit IS 'Name of the unit (单位名称), e.g. 岚川市交通局';
COMMENT ON COLUMN unit.parent IS 'Unit above it (上级单位), null for the topmost';
COMMENT ON COLUMN unit.region_code IS 'Administrative division (行政区划代码), six digits, e.g. 650000';
COMMENT ON COLUMN unit.contact IS 'Person to write to (联系人)';
COMMENT ON COLUMN unit.phone IS 'Telephone of that person (联系电话), e.g. 0991-1234567';
COMMENT ON COLUMN unit.vertical IS 'The unit is led by its superior wherever it sits (垂直管理): its sites count in the superior''s region';
COMMENT ON COLUMN unit.aliases IS 'Further names of the unit (简称), separated by 、, e.g. 市教体局、教体局';
