-- Every unit, the names its articles may carry, and the portal it supplies: that of the nearest unit above it which has
-- one, its own where nobody above has; by the registry of $assessment_id.
SELECT up.unit, any_value(u.aliases) AS aliases,
    min_by(portal.site_code, (up.distance = 0, up.distance, portal.site_code)) AS portal,
    min_by(portal.unit, (up.distance = 0, up.distance, portal.site_code)) AS portal_unit
FROM unit_under AS up
JOIN derived.assessed_registry AS r ON r.registry_sha256 = up.registry_sha256
LEFT JOIN raw.unit AS u ON u.registry_sha256 = r.registry_sha256 AND u.unit = up.unit
LEFT JOIN raw.site AS portal
    ON portal.registry_sha256 = r.registry_sha256 AND portal.unit = up.superior AND portal.kind IN (SELECT word FROM words.site_kind WHERE portal)
    AND portal.status <> '关停'
WHERE r.assessment_id = $assessment_id
GROUP BY up.unit
ORDER BY up.unit
