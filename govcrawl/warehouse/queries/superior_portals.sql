-- The portal above each running site of $as_of: by the tree of units the nearest, else by region and level.
WITH RECURSIVE portal AS (
    SELECT site_code, name, unit, region_code, level
    FROM night_site
    WHERE as_of = $as_of AND kind IN (SELECT word FROM words.site_kind WHERE portal)
), parent AS (
    SELECT unit, parent
    FROM derived.night_registry
    JOIN raw.unit USING (registry_sha256)
    WHERE as_of = $as_of AND parent IS NOT NULL
), above AS (
    SELECT s.site_code, parent.parent AS unit, 1 AS steps
    FROM night_site AS s
    JOIN parent USING (unit)
    WHERE s.as_of = $as_of
    UNION ALL
    SELECT above.site_code, parent.parent, steps + 1
    FROM above
    JOIN parent USING (unit)
    WHERE steps < 20 -- more levels than any tree of units has
), by_unit AS (
    SELECT above.site_code, portal.site_code AS superior_code, portal.name AS superior_name, portal.unit AS superior_unit, steps
    FROM above
    JOIN portal USING (unit)
    WHERE portal.site_code <> above.site_code
), by_region AS (
    SELECT s.site_code, portal.site_code AS superior_code, portal.name AS superior_name, portal.unit AS superior_unit,
        100 AS steps -- behind every way by units
    FROM night_site AS s
    JOIN portal
        ON portal.site_code <> s.site_code
        AND CASE
            WHEN s.kind IN (SELECT word FROM words.site_kind WHERE department) THEN portal.region_code = s.region_code AND portal.level = s.level
            WHEN s.level = '县' THEN portal.level = '市' AND portal.region_code = left(s.region_code, 4) || '00'
            WHEN s.level = '市' THEN portal.level = '省' AND portal.region_code = left(s.region_code, 2) || '0000'
            WHEN s.level = '乡' THEN portal.level = '县' AND portal.region_code = s.region_code
            ELSE false
        END
    WHERE s.as_of = $as_of
)
SELECT site_code, superior_code, superior_name, superior_unit
FROM (FROM by_unit UNION ALL FROM by_region)
QUALIFY row_number() OVER (PARTITION BY site_code ORDER BY steps, superior_code) = 1
ORDER BY site_code
