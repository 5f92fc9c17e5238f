-- Approved outward domains in the registry that speaks for $as_of; a null site_code is all sites.
SELECT lower(domain) AS domain, site_code
FROM derived.night_registry
JOIN raw.approved_link USING (registry_sha256)
WHERE as_of = $as_of
ORDER BY domain, site_code
