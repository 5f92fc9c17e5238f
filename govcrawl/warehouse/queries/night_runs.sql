-- Every finished run that speaks for $as_of: the nightly runs of the day, and the probe rounds of the $days days before.
SELECT run_id, kind, purpose, as_of, registry_sha256, started_at, finished_at
FROM run
WHERE finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    AND ((purpose IN (SELECT word FROM words.purpose WHERE nightly) AND as_of = $as_of)
        OR (purpose IN (SELECT word FROM words.purpose WHERE round) AND run_id IN (
            SELECT run_id
            FROM probe
            WHERE purpose IN (SELECT word FROM words.purpose WHERE round) AND probed_at >= $as_of::DATE - $days::INTEGER - INTERVAL 8 HOUR
                AND probed_at < $as_of::DATE + 1 - INTERVAL 8 HOUR
        )))
ORDER BY run_id
