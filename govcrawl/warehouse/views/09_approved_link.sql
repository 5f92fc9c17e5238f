CREATE VIEW approved_link AS
SELECT domain, site_code, approved_by, approved_on
FROM raw.approved_link SEMI JOIN registry_in_force USING (registry_sha256);

COMMENT ON VIEW approved_link IS 'One row per approved external domain, as the registry of the newest finished run has it.';
COMMENT ON COLUMN approved_link.domain IS 'Approved domain (域名), e.g. example.com; covers its subdomains';
COMMENT ON COLUMN approved_link.site_code IS 'Site it is approved for; null for all sites';
COMMENT ON COLUMN approved_link.approved_by IS 'Who approved it (审批人)';
COMMENT ON COLUMN approved_link.approved_on IS 'Civil day of the approval (审批日期), e.g. 2026-03-01';
