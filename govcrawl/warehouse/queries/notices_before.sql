-- What units were told by documents issued before $as_of: of which fault, by which document, by when to mend it.
-- `told_on`: the day of the inspection a document speaks of.
SELECT finding_key, notice_id, strftime(coalesce(as_of, issued_on), '%Y-%m-%d') AS told_on,
    strftime(due_on, '%Y-%m-%d') AS due_on
FROM issued_finding
WHERE issued_on < $as_of
ORDER BY notice_id, finding_key
