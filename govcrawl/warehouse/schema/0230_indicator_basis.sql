-- Rows that look back over some days say which readings they rest on.

ALTER TABLE raw.indicator_result ADD COLUMN basis VARCHAR DEFAULT NULL;
