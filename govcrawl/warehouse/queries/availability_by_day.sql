-- For each site and civil day: counted attempts, those that failed, and the median time to a usable page.
SELECT site_code, (probed_at + INTERVAL 8 HOUR)::DATE AS probed_on,
    count(*) AS attempts,
    count(*) FILTER (WHERE outcome NOT IN (SELECT word FROM words.outcome WHERE opened)) AS failed,
    round(median(elapsed_s) FILTER (WHERE outcome IN (SELECT word FROM words.outcome WHERE opened)), 3) AS median_elapsed_s
FROM probe
WHERE purpose IN (SELECT word FROM words.purpose WHERE round) AND outcome NOT IN (SELECT word FROM words.outcome WHERE ours) AND voided IS NULL
GROUP BY ALL
ORDER BY site_code, probed_on
