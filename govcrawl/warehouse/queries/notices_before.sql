-- The documents issued before $as_of that told units of faults.
SELECT DISTINCT notice_id
FROM issued_finding
WHERE issued_on < $as_of
ORDER BY notice_id
