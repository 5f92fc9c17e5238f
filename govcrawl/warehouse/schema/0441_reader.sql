-- A reading is carried forward only by the code that made it, which the number of a release does not tell of a checkout.
ALTER TABLE raw.run ADD COLUMN reader_sha256 VARCHAR;
COMMENT ON COLUMN raw.run.reader_sha256 IS 'Hash of the code that read its pages and of its parsers'' versions; null where it read none, or an earlier version made it';
