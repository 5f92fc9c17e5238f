CREATE VIEW barrier_trial AS
SELECT run_id, site_code, tried_at, browser_s, pages
FROM raw.barrier_trial;

COMMENT ON VIEW barrier_trial IS 'One row per site and surroundings run that examined pages of it for barriers to people with disabilities.';
