CREATE VIEW service_trial AS
SELECT run_id, site_code, tried_at, search, search_url, search_method, looks, attempts
FROM raw.service_trial;

COMMENT ON VIEW service_trial IS 'One row per site and surroundings run: what its pages offer, and its search tried with known titles.';
