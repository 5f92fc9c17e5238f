-- The rows of one assessment that are not settled without people, of sites and of accounts, each with the newest decision about it.
WITH asked AS (
    SELECT assessment_id, site_code, NULL AS account_id, indicator_id, state, points_open, max_points, reason
    FROM indicator_result
    UNION ALL
    SELECT assessment_id, NULL, account_id, indicator_id, state, points_open, max_points, reason
    FROM account_indicator_result
)
SELECT a.edition, r.site_code, r.account_id, coalesce(s.name, n.name) AS name, coalesce(s.unit, n.unit) AS unit,
    r.indicator_id, r.max_points, r.reason, d.decision, d.decided_by, d.decided_at, d.until_on
FROM asked AS r
JOIN assessment AS a USING (assessment_id)
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
LEFT JOIN raw.account AS n ON n.registry_sha256 = registry.registry_sha256 AND n.account_id = r.account_id
LEFT JOIN decision AS d
    ON d.newest AND d.edition = a.edition AND d.indicator_id = r.indicator_id
    AND coalesce(d.site_code, d.account_id) = coalesce(r.site_code, r.account_id)
WHERE r.assessment_id = $assessment_id AND (r.state IN (SELECT word FROM words.row_state WHERE manual) OR r.points_open > 0 OR d.decision IS NOT NULL)
ORDER BY unit, r.site_code, r.account_id, r.indicator_id
