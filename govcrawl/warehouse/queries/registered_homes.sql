-- The home page of every running site as the registry has it on $as_of, with the run that brought the registry.
-- nature: of its unit, 机关 or 事业单位; null where the registry does not say.
SELECT s.site_code, s.home_url, s.level, s.kind, s.unit, u.nature, r.run_id
FROM night_site AS s
JOIN derived.night_registry AS r USING (as_of)
LEFT JOIN raw.unit AS u ON u.registry_sha256 = r.registry_sha256 AND u.unit = s.unit
WHERE s.as_of = $as_of
ORDER BY s.site_code
