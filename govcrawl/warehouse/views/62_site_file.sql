CREATE VIEW site_file AS
SELECT run_id, site_code, name, url, seen_at, outcome, status, sha256, lines, addresses, strangers, words
FROM raw.site_file;

COMMENT ON VIEW site_file IS 'One row per site, file and surroundings run: robots.txt and the proofs on the home page each night, the map of the site and files of proof in turn.';
