-- What a site offers is missing only where nothing is called like it.
ALTER TABLE raw.service_trial ADD COLUMN looks.element.doubts MAP(VARCHAR, VARCHAR);
