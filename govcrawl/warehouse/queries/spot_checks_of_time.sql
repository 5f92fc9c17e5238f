-- Which sites did inspectors look at by hand (抽查) in a span of days, and what did they say of each as a whole?
-- $assessment_id: whose registry holds the checks. $since, $until: civil days, both in it. verdict: 合格 or 不合格, the newest;
-- null where they only spoke of single indicators.
SELECT site.site_code, site.name, site.unit, site.status, max(spot.checked_on) AS checked_on,
    max_by(spot.verdict, spot.checked_on) FILTER (WHERE spot.indicator_id IS NULL) AS verdict
FROM derived.assessed_registry AS registry
JOIN raw.spot_check AS spot USING (registry_sha256)
JOIN raw.site ON site.registry_sha256 = registry.registry_sha256 AND site.site_code = spot.site_code
WHERE registry.assessment_id = $assessment_id AND spot.checked_on BETWEEN $since AND $until
GROUP BY site.site_code, site.name, site.unit, site.status
ORDER BY site.site_code
