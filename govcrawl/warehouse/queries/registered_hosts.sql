-- Home page and state of every registered site, closed ones too, in the registry that speaks for $as_of.
SELECT site_code, name, home_url, regexp_extract(home_url, '^https?://([^/?#:]+)', 1) AS host, status
FROM derived.night_registry
JOIN raw.site USING (registry_sha256)
WHERE as_of = $as_of
ORDER BY site_code
