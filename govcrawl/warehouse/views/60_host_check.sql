CREATE VIEW host_check AS
SELECT run_id, site_code, host, checked_at, requests, tls_port, tls_outcome, tls_problem, ipv6_outcome,
    ipv6_status, ipv6_known, ipv6_route, ipv6_addresses, tls_subject, tls_issuer, tls_names,
    tls_not_before_at, tls_not_after_at
FROM raw.host_check;

COMMENT ON VIEW host_check IS 'One row per site and surroundings run: the certificate of its host and its door for IPv6.';
