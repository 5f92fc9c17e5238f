CREATE VIEW section_letter AS
SELECT run_id, site_code, section_name, section_url, unnest(letters, recursive := true)
FROM raw.section_visit;

COMMENT ON VIEW section_letter IS 'One row per letter (网民留言) that a 政务咨询 section lists and run.';
