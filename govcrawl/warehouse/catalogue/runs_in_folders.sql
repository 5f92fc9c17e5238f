-- Loaded runs that lie in folders of their own, and whether they are of one of the last $nights nights.
SELECT run_id,
    coalesce(purpose IN (SELECT word FROM words.purpose WHERE nightly) AND dense_rank() OVER (PARTITION BY purpose ORDER BY as_of DESC) <= $nights, false) AS of_last_nights
FROM raw.run
WHERE run_id NOT IN (SELECT run_id FROM raw.pruned)
    AND run_id NOT IN (SELECT unnest(runs) FROM raw.folded)
ORDER BY run_id
