-- Every counted attempt (timer rounds, not the nightly's own visit) of the civil days [$as_of - 7, $as_of].
SELECT site_code, (probed_at + INTERVAL 8 HOUR)::DATE AS probed_on, probed_at, outcome, status, elapsed_s, run_id
FROM probe
WHERE purpose IN (SELECT word FROM words.purpose WHERE round) AND voided IS NULL AND probed_on BETWEEN $as_of::DATE - 7 AND $as_of::DATE
ORDER BY site_code, probed_at, run_id
