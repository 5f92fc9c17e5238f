-- The newest assessment by the edition the office works by, whose ledger is the office's; no row before the first.
SELECT assessment_id, as_of
FROM assessment_of_day
SEMI JOIN office_edition USING (edition)
ORDER BY as_of DESC
LIMIT 1
