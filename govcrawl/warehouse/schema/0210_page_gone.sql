-- A fault that is fixed because its page is gone says so.
ALTER TABLE raw.ledger ADD COLUMN page_gone BOOLEAN DEFAULT FALSE;
COMMENT ON COLUMN raw.ledger.page_gone IS 'Whether it is fixed because the page that carried it is gone';
ALTER TABLE raw.recheck_result ADD COLUMN page_gone BOOLEAN DEFAULT FALSE;
ALTER TABLE raw.recheck_result ALTER COLUMN page_gone SET NOT NULL;
COMMENT ON COLUMN raw.recheck_result.page_gone IS 'Whether it is mended because the page that carried it is gone';
