-- What the browser showed some nights ago stands for tonight, and the record says in which run it was seen.
ALTER TABLE raw.service_trial ADD COLUMN looks.element.plain_sha256 VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN looks.element.same_as_run VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN attempts.element.same_as_run VARCHAR;
