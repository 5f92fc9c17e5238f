-- A site inside the office's own network is asked there only when its registry row names the address.
ALTER TABLE raw.site ADD COLUMN private_address VARCHAR;
COMMENT ON COLUMN raw.site.private_address IS 'Address inside the office''s network at which alone the site may be asked (内网地址), e.g. 10.1.2.3; null: it must lie on the internet';
