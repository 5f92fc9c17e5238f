CREATE VIEW service_trial AS
SELECT run_id, site_code, tried_at, search, search_url, search_method, looks, attempts
FROM raw.service_trial;

COMMENT ON VIEW service_trial IS 'One row per site and surroundings run: what its pages offer, and its search tried with known titles.';
COMMENT ON COLUMN service_trial.run_id IS 'Run that tried, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN service_trial.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN service_trial.tried_at IS 'Instant (UTC) the trial began';
COMMENT ON COLUMN service_trial.search IS 'How the home page offers a search: form, box (operated by script), link, none, not_looked (the page could not be read)';
COMMENT ON COLUMN service_trial.search_url IS 'Where the search form leads';
COMMENT ON COLUMN service_trial.search_method IS 'Method of the search form: GET or POST';
COMMENT ON COLUMN service_trial.looks IS 'Pages looked at, with what they offer: search share accessibility, and the footer items';
COMMENT ON COLUMN service_trial.attempts IS 'Known titles put into the search, with what came of each';
