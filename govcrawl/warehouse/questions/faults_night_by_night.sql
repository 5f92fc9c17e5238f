-- How did the faults of an edition come and go, night by night?
-- param edition VARCHAR: edition; the one the office works by when not given
-- column as_of: inspected day
-- column met: faults found for the first time
-- column back: faults that had been mended and are back
-- column mended: faults proven mended on that day
-- column standing: faults there at its end
SELECT as_of, count(*) FILTER (WHERE changed AND state IN (SELECT word FROM words.ledger_state WHERE new)) AS met,
    count(*) FILTER (WHERE changed AND state IN (SELECT word FROM words.ledger_state WHERE reopened)) AS back,
    count(*) FILTER (WHERE changed AND state IN (SELECT word FROM words.ledger_state WHERE fixed)) AS mended,
    count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE standing)) AS standing
FROM ledger_history
WHERE edition = coalesce($edition, (SELECT edition FROM office_edition))
GROUP BY as_of
ORDER BY as_of
