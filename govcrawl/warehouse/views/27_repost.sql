CREATE VIEW repost AS
SELECT assessment_id, site_code, url, title, printed, superior_code, superior_url, superior_printed, hours, late, run_id
FROM raw.repost;

COMMENT ON VIEW repost IS 'One row per document of the superior that a site reposted, and assessment: when both printed it, and whether that was late.';
