-- What server and CMS of a home page say of themselves, and how it guards its readers.
ALTER TABLE raw.page ADD COLUMN generator VARCHAR DEFAULT NULL;
ALTER TABLE raw.page ADD COLUMN answer_headers MAP(VARCHAR, VARCHAR) DEFAULT MAP {};
ALTER TABLE raw.page ALTER COLUMN answer_headers SET NOT NULL;
