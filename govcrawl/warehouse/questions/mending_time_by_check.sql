-- How many days does it take to mend a fault, by the check that found it?
-- column check_id: check
-- column faults: faults of the ledger
-- column fixed: of these, proven mended
-- column median_days: median days from first found to proven mended
-- column slowest_tenth_days: days that nine in ten of the mended needed at most
-- column standing: still there
SELECT check_id, count(*) AS faults, count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE fixed)) AS fixed,
    median(fixed_on - since_on) AS median_days, quantile_cont(fixed_on - since_on, 0.9) AS slowest_tenth_days,
    count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE standing)) AS standing
FROM ledger
GROUP BY check_id
ORDER BY faults DESC, check_id
