-- A portal's assistant: its entry on the home page, where it leads, and whether a question can be put there.
ALTER TABLE raw.service_trial ADD COLUMN assistant VARCHAR DEFAULT 'not_looked';
ALTER TABLE raw.service_trial ALTER COLUMN assistant SET NOT NULL;
ALTER TABLE raw.service_trial ADD COLUMN assistant_text VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN assistant_url VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN assistant_outcome VARCHAR;
ALTER TABLE raw.service_trial ADD COLUMN assistant_box BOOLEAN;
