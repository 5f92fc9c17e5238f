-- How often each site was read on each of the $days days up to $as_of: `visits` of nights, `attempts` at its home page that count.
SELECT site_code, read_on, sum(visits)::INTEGER AS visits, sum(attempts)::INTEGER AS attempts
FROM (
    SELECT site_code, as_of AS read_on, 1 AS visits, 0 AS attempts
    FROM night_visit
    WHERE of_pages AND home_outcome IN (SELECT word FROM words.outcome WHERE opened)
    UNION ALL
    SELECT site_code, (probed_at + INTERVAL 8 HOUR)::DATE, 0, 1
    FROM probe
    WHERE purpose IN (SELECT word FROM words.purpose WHERE round) AND voided IS NULL AND outcome NOT IN (SELECT word FROM words.outcome WHERE ours)
)
WHERE read_on BETWEEN $as_of::DATE - $days::INTEGER AND $as_of::DATE
GROUP BY site_code, read_on
ORDER BY site_code, read_on
