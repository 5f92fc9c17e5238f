-- How many days does each unit take to mend what is found on its sites?
-- column unit: unit that answers for the site
-- column faults: faults of the ledger
-- column fixed: of these, proven mended
-- column median_days: median days from first found to proven mended
-- column oldest_standing_on: first day of the oldest fault that is still there
SELECT s.unit, count(*) AS faults, count(*) FILTER (WHERE l.state IN (SELECT word FROM words.ledger_state WHERE fixed)) AS fixed,
    median(l.fixed_on - l.since_on) AS median_days,
    min(l.since_on) FILTER (WHERE l.state IN (SELECT word FROM words.ledger_state WHERE standing)) AS oldest_standing_on
FROM ledger AS l
JOIN site AS s USING (site_code)
GROUP BY s.unit
ORDER BY faults DESC, s.unit
