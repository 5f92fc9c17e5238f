-- The home page of every running site as the registry has it on $as_of, with the run that brought the registry.
SELECT s.site_code, s.home_url, s.level, s.kind, r.run_id
FROM night_site AS s
JOIN derived.night_registry AS r USING (as_of)
WHERE s.as_of = $as_of
ORDER BY s.site_code
