CREATE VIEW host_check AS
SELECT run_id, site_code, host, checked_at, requests, tls_port, tls_outcome, tls_problem, ipv6_outcome,
    ipv6_status, ipv6_known, ipv6_route, ipv6_addresses, tls_subject, tls_issuer, tls_names,
    tls_not_before_at, tls_not_after_at
FROM raw.host_check;

COMMENT ON VIEW host_check IS 'One row per site and surroundings run: the certificate of its host and its door for IPv6.';
COMMENT ON COLUMN host_check.run_id IS 'Run that looked, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN host_check.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN host_check.host IS 'Host of the registered home page, e.g. www.example.gov.cn';
COMMENT ON COLUMN host_check.checked_at IS 'Instant (UTC) the look at the site began';
COMMENT ON COLUMN host_check.requests IS 'Connections and requests the site was burdened with in this run';
COMMENT ON COLUMN host_check.tls_port IS 'Port of the handshake, 443 unless the registry names another for https';
COMMENT ON COLUMN host_check.tls_outcome IS 'Outcome word of the handshake; ok also where the certificate does not hold';
COMMENT ON COLUMN host_check.tls_problem IS 'Why the certificate does not hold: expired not_yet_valid self_signed unknown_authority revoked other_name other; null when it holds or none was shown';
COMMENT ON COLUMN host_check.ipv6_outcome IS 'Outcome word of the home page asked for over IPv6; not_attempted without address or route';
COMMENT ON COLUMN host_check.ipv6_status IS 'HTTP status of that answer, e.g. 200';
COMMENT ON COLUMN host_check.ipv6_known IS 'Name servers were asked for AAAA records; false where a --resolve rule stands in for them and names no IPv6 address';
COMMENT ON COLUMN host_check.ipv6_route IS 'The machine that crawled has a route to addresses of IPv6';
COMMENT ON COLUMN host_check.ipv6_addresses IS 'IPv6 addresses of the host (AAAA records)';
COMMENT ON COLUMN host_check.tls_subject IS 'Common name of the certificate, else its first name';
COMMENT ON COLUMN host_check.tls_issuer IS 'Who signed the certificate, e.g. DigiCert Inc';
COMMENT ON COLUMN host_check.tls_names IS 'Names the certificate is issued for, the first twenty';
COMMENT ON COLUMN host_check.tls_not_before_at IS 'Instant (UTC) from which the certificate is valid';
COMMENT ON COLUMN host_check.tls_not_after_at IS 'Instant (UTC) until which the certificate is valid';
