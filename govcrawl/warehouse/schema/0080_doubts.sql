-- Absence is concluded only where a wide net is silent too: what tripped it, for the person who has to look.
ALTER TABLE raw.page ADD COLUMN doubts MAP(VARCHAR, VARCHAR) DEFAULT MAP {};
ALTER TABLE raw.page ALTER COLUMN doubts SET NOT NULL;
COMMENT ON COLUMN raw.page.doubts IS 'What no reader recognised on the page and may stand there all the same, e.g. date or icp, to the snippet that says so';
