-- Apps and mini-programs (国办函〔2026〕12号) stand beside the accounts of the registry.

ALTER TABLE raw.account ADD COLUMN kind VARCHAR DEFAULT NULL;
ALTER TABLE raw.account ADD COLUMN level VARCHAR DEFAULT NULL;
ALTER TABLE raw.account ADD COLUMN filing_number VARCHAR DEFAULT NULL;
ALTER TABLE raw.account ADD COLUMN complaint_url VARCHAR DEFAULT NULL;

-- Domains of institutions (事业单位) follow a rule of their own since 2024-07-01.
ALTER TABLE raw.unit ADD COLUMN nature VARCHAR DEFAULT NULL;
