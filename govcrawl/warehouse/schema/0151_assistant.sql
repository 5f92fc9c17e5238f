-- A portal's assistant: its entry on the home page, where it leads, and whether a question can be put there.
ALTER TABLE raw.service_trial ADD COLUMN assistant VARCHAR DEFAULT 'not_looked';
ALTER TABLE raw.service_trial ALTER COLUMN assistant SET NOT NULL;
COMMENT ON COLUMN raw.service_trial.assistant IS 'How a portal''s home page offers an assistant (智能问答): link, script (opened on the page), none, not_looked (no portal, or the page could not be read)';
ALTER TABLE raw.service_trial ADD COLUMN assistant_text VARCHAR;
COMMENT ON COLUMN raw.service_trial.assistant_text IS 'What the entry to the assistant is called, e.g. 智能问答';
ALTER TABLE raw.service_trial ADD COLUMN assistant_url VARCHAR;
COMMENT ON COLUMN raw.service_trial.assistant_url IS 'Where the entry to the assistant leads';
ALTER TABLE raw.service_trial ADD COLUMN assistant_outcome VARCHAR;
COMMENT ON COLUMN raw.service_trial.assistant_outcome IS 'Outcome of the address the entry leads to, e.g. ok';
ALTER TABLE raw.service_trial ADD COLUMN assistant_box BOOLEAN;
COMMENT ON COLUMN raw.service_trial.assistant_box IS 'Whether a place to put a question stands there; null where it cannot be told';
