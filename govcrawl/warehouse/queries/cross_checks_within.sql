-- What units found on each other's sites between $since and $until (交叉互评): spot checks of whole sites made by a registered unit
-- that is not the site's own, by the registry of $assessment_id.
SELECT c.checked_by AS inspector, s.unit, c.site_code, s.name, c.verdict, c.score, c.checked_on
FROM derived.assessed_registry AS r
JOIN raw.spot_check AS c USING (registry_sha256)
JOIN raw.site AS s ON s.registry_sha256 = r.registry_sha256 AND s.site_code = c.site_code
JOIN raw.unit AS u ON u.registry_sha256 = r.registry_sha256 AND u.unit = c.checked_by
WHERE r.assessment_id = $assessment_id AND c.indicator_id IS NULL AND c.checked_by <> s.unit
    AND c.checked_on BETWEEN $since AND $until
ORDER BY c.checked_by, c.site_code, c.checked_on
