CREATE VIEW unit_under AS
WITH RECURSIVE named AS (
    SELECT registry_sha256, unit, parent FROM raw.unit
    UNION ALL
    SELECT DISTINCT registry_sha256, unit, NULL
    FROM (
        SELECT registry_sha256, unit FROM raw.site
        UNION ALL
        SELECT registry_sha256, unit FROM raw.account WHERE unit IS NOT NULL
    ) ANTI JOIN raw.unit USING (registry_sha256, unit)
), climbed AS (
    SELECT registry_sha256, unit, unit AS superior, 0 AS distance, parent AS next FROM named
    UNION ALL
    SELECT c.registry_sha256, c.unit, c.next, c.distance + 1, n.parent
    FROM climbed AS c
    JOIN named AS n ON n.registry_sha256 = c.registry_sha256 AND n.unit = c.next
)
SELECT registry_sha256, unit, superior, distance
FROM climbed;

COMMENT ON VIEW unit_under IS 'One row per registry, unit and unit above it, itself included: the tree of units as a table. Units that only a site or an account names stand alone.';
