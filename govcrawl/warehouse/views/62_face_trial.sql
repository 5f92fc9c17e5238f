CREATE VIEW face_trial AS
SELECT run_id, site_code, tried_at, requests, faces
FROM raw.face_trial;

COMMENT ON VIEW face_trial IS 'One row per site and surroundings run that asked it as different visitors: a search engine, a reader it sent, a phone, a made-up path.';
