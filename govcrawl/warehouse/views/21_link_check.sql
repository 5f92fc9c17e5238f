CREATE VIEW link_check AS
SELECT run_id, target_url, outcome, status, confirmed,
    len(attempts)::INTEGER AS attempts,
    attempts[1].attempted_at AS first_attempt_at,
    attempts[-1].attempted_at AS last_attempt_at,
    attempts[-1].final_url AS final_url,
    attempts[-1].content_type AS content_type,
    attempts[-1].size_bytes AS size_bytes,
    parked,
    coalesce(attempts[-1].redirects, []) AS redirects
FROM raw.link_check;

COMMENT ON VIEW link_check IS 'One row per link target and links run, after every attempt of the night.';
COMMENT ON COLUMN link_check.run_id IS 'Links run, e.g. 20261122T031000Z-links';
COMMENT ON COLUMN link_check.target_url IS 'Target, absolute and normalised';
COMMENT ON COLUMN link_check.outcome IS 'Outcome word after the last attempt, e.g. not_found';
COMMENT ON COLUMN link_check.status IS 'HTTP status of the last attempt';
COMMENT ON COLUMN link_check.confirmed IS 'Failed the same way in at least two attempts separated in time';
COMMENT ON COLUMN link_check.attempts IS 'Tries made';
COMMENT ON COLUMN link_check.first_attempt_at IS 'Instant (UTC) of the first try';
COMMENT ON COLUMN link_check.last_attempt_at IS 'Instant (UTC) of the last try';
COMMENT ON COLUMN link_check.final_url IS 'Address the last try ended at after redirects';
COMMENT ON COLUMN link_check.content_type IS 'Content-Type header of the last try';
COMMENT ON COLUMN link_check.size_bytes IS 'Bytes of the last answer';
COMMENT ON COLUMN link_check.parked IS 'It opened, and shows a domain that is for sale or run out';
COMMENT ON COLUMN link_check.redirects IS 'Addresses the last try passed through before final_url, in order';
