CREATE VIEW link_check AS
SELECT run_id, target_url, outcome, status, confirmed,
    len(attempts)::INTEGER AS attempts,
    attempts[1].attempted_at AS first_attempt_at,
    attempts[-1].attempted_at AS last_attempt_at,
    derived.arrived(attempts[-1].final_url, target_url) AS final_url,
    attempts[-1].content_type AS content_type,
    attempts[-1].size_bytes AS size_bytes,
    parked, spam, title, body_sha256,
    coalesce(attempts[-1].redirects, []) AS redirects,
    stand_in,
    certificate_subject, certificate_issuer, certificate_from_at
FROM raw.link_check;

COMMENT ON VIEW link_check IS 'One row per link target and links run, after every attempt of the night.';
