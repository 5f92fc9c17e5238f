-- What the browser showed some nights ago stands for tonight, and the record says in which run it was seen.
ALTER TABLE raw.service_trial ADD COLUMN looks.element.plain_sha256 VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN looks.element.same_as_run VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN attempts.element.same_as_run VARCHAR;
COMMENT ON COLUMN raw.service_trial.looks IS 'Pages looked at, with what they offer: search share accessibility, and the footer items; where the browser''s look of an earlier night stands, same_as_run names it';
COMMENT ON COLUMN raw.service_trial.attempts IS 'Known titles put into the search, with what came of each; same_as_run as of looks';
