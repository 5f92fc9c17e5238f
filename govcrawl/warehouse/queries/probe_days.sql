-- Attempts on each home page per civil day of [$as_of - $days, $as_of]: counted ones, failed ones, and those that say
-- nothing of the site (an outcome of ours, or the whole round is void). An attempt fails when the page did not open or took $slow_after_s.
SELECT site_code, probed_on,
    count(*) FILTER (WHERE counted) AS attempts,
    count(*) FILTER (WHERE counted AND failed) AS failed,
    count(*) FILTER (WHERE NOT counted) AS not_counted,
    count(*) FILTER (WHERE counted AND failed AND outcome IN (SELECT word FROM words.outcome WHERE tls_error)) AS tls_failed,
    string_agg(DISTINCT CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE opened) THEN 'slow' ELSE outcome END, ' ')
        FILTER (WHERE counted AND failed) AS failed_as,
    max(run_id) AS run_id
FROM (
    SELECT site_code, run_id, outcome, (probed_at + INTERVAL 8 HOUR)::DATE AS probed_on,
        voided IS NULL AND outcome NOT IN (SELECT word FROM words.outcome WHERE ours) AS counted,
        outcome NOT IN (SELECT word FROM words.outcome WHERE opened) OR elapsed_s >= $slow_after_s AS failed
    FROM probe
    WHERE purpose IN (SELECT word FROM words.purpose WHERE round)
)
WHERE probed_on BETWEEN $as_of::DATE - $days::INTEGER AND $as_of::DATE
GROUP BY site_code, probed_on
ORDER BY site_code, probed_on
