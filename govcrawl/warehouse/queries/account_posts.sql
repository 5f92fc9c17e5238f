-- How much did each judged account post in a span of days, as its feed of the day of the assessment lists it?
-- $assessment_id: the assessment. $since, $until: civil days, both in it. posts: null where no feed was read. complete: the
-- feed reaches back before the span, so no post of it is missing.
SELECT r.account_id, coalesce(a.name, r.account_id) AS name, a.unit, a.platform,
    CASE WHEN len(f.post_days) > 0
        THEN len(list_filter(f.post_days, lambda day: CAST(day AS DATE) BETWEEN $since AND $until)) END AS posts,
    len(list_filter(f.post_days, lambda day: CAST(day AS DATE) < $since)) > 0 AS complete
FROM account_result AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.account AS a ON a.registry_sha256 = registry.registry_sha256 AND a.account_id = r.account_id
LEFT JOIN night_surroundings AS around ON around.as_of = registry.as_of
LEFT JOIN feed_visit AS f
    ON f.run_id = around.run_id AND f.account_id = r.account_id AND f.outcome IN (SELECT word FROM words.outcome WHERE ok)
WHERE assessment_id = $assessment_id
ORDER BY r.account_id
