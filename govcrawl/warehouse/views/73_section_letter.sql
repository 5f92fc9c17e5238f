CREATE VIEW section_letter AS
SELECT run_id, site_code, section_name, section_url, unnest(letters, recursive := true)
FROM raw.section_visit;

COMMENT ON VIEW section_letter IS 'One row per letter (网民留言) that a 政务咨询 section lists and run.';
COMMENT ON COLUMN section_letter.run_id IS 'Run that read the section, e.g. 20261122T020000Z-sections';
COMMENT ON COLUMN section_letter.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN section_letter.section_name IS 'Name of the section in the registry, e.g. 领导信箱';
COMMENT ON COLUMN section_letter.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_letter.title IS 'Title of the letter as listed';
COMMENT ON COLUMN section_letter.url IS 'Its own page, null where the list has no link';
COMMENT ON COLUMN section_letter.received_on IS 'Civil day it was received, null where the list does not say';
COMMENT ON COLUMN section_letter.answered_on IS 'Civil day it was answered, null where the list does not say';
COMMENT ON COLUMN section_letter.answered IS 'Whether it is answered, null where the list does not say';
