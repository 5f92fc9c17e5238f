-- Whose certificate the host of a foreign link target shows: a name that was bought by somebody else shows another.
ALTER TABLE raw.link_check ADD COLUMN certificate_subject VARCHAR;
ALTER TABLE raw.link_check ADD COLUMN certificate_issuer VARCHAR;
ALTER TABLE raw.link_check ADD COLUMN certificate_from_at TIMESTAMP;
