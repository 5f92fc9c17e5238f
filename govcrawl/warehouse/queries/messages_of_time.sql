-- Messages each site received from $since to $until (civil days), how many of them are answered, and in how many days on average,
-- as the registry of $assessment_id has them.
SELECT site_code, count(*)::INTEGER AS received, count(answered_at)::INTEGER AS answered,
    round(avg(date_diff('day', (received_at + INTERVAL 8 HOUR)::DATE, (answered_at + INTERVAL 8 HOUR)::DATE)), 1) AS mean_days
FROM raw.message
JOIN derived.assessed_registry USING (registry_sha256)
WHERE assessment_id = $assessment_id
    AND (received_at + INTERVAL 8 HOUR)::DATE BETWEEN $since AND $until
GROUP BY site_code
ORDER BY site_code
