-- What the surroundings run of $as_of saw of the host of each site; null where it did not look. `https`: readers of the
-- site meet its certificate, for the registered home page is https or leads there.
SELECT s.site_code, s.home_url, around.run_id, h.host, h.checked_at,
    (starts_with(s.home_url, 'https:') OR coalesce(starts_with(home.final_url, 'https:'), false)) AS https,
    h.tls_outcome, h.tls_problem, h.tls_subject, h.tls_issuer, h.tls_not_before_at, h.tls_not_after_at,
    h.ipv6_known, h.ipv6_route, h.ipv6_addresses, h.ipv6_outcome, h.ipv6_status
FROM night_site AS s
LEFT JOIN night_surroundings AS around ON around.as_of = s.as_of
LEFT JOIN host_check AS h ON h.run_id = around.run_id AND h.site_code = s.site_code
LEFT JOIN (
    SELECT v.as_of, v.site_code, max_by(p.final_url, p.fetched_at) AS final_url
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.of_pages AND p.depth = 0 AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    GROUP BY v.as_of, v.site_code
) AS home ON home.as_of = s.as_of AND home.site_code = s.site_code
WHERE s.as_of = $as_of
ORDER BY s.site_code
