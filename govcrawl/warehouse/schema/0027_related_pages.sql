-- Whether documents and interpretations point to one another.
ALTER TABLE raw.page ADD COLUMN related STRUCT(url VARCHAR, "text" VARCHAR)[] DEFAULT [];
ALTER TABLE raw.page ALTER COLUMN related SET NOT NULL;
COMMENT ON COLUMN raw.page.related IS 'Own pages and files a document or interpretation points to by words of one; only of those the sections spider looks into';
