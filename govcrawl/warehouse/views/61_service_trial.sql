CREATE VIEW service_trial AS
SELECT run_id, site_code, tried_at, search, search_url, search_method, looks, attempts,
    assistant, assistant_text, assistant_url, assistant_outcome, assistant_box
FROM raw.service_trial;

COMMENT ON VIEW service_trial IS 'One row per site and surroundings run: what its pages offer, its search tried with known titles, and a portal''s assistant.';
