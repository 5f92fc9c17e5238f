-- For each site and civil day: counted attempts, those that failed, and the median time to a usable page.
SELECT site_code, (probed_at + INTERVAL 8 HOUR)::DATE AS probed_on,
    count(*) AS attempts,
    count(*) FILTER (WHERE outcome <> 'ok') AS failed,
    round(median(elapsed_s) FILTER (WHERE outcome = 'ok'), 3) AS median_elapsed_s
FROM probe
WHERE purpose = 'round' AND outcome <> 'blocked' AND voided IS NULL
GROUP BY ALL
ORDER BY site_code, probed_on
