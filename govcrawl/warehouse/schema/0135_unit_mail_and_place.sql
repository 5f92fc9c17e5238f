-- Where a unit's notices go, and where it stands in the official order.
ALTER TABLE raw.unit ADD COLUMN mail VARCHAR;
ALTER TABLE raw.unit ADD COLUMN place INTEGER;
COMMENT ON COLUMN raw.unit.mail IS 'Mail address to which its notices go (电子邮箱), e.g. xxgk@your-office.example';
COMMENT ON COLUMN raw.unit.place IS 'Place in the official order of units (排序), from 1; null where the office gives none';
