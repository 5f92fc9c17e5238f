-- What units were told by documents issued between $since and $until: a row a unit and fault. notice: the letter to the unit.
SELECT f.notice_id || ' ' || f.unit AS notice, f.notice_id, f.unit, f.number, f.finding_key, f.issued_on, any_value(found.check_id) AS check_id
FROM issued_finding AS f
LEFT JOIN ledger_history AS found ON found.finding_key = f.finding_key
WHERE f.issued_on BETWEEN $since AND $until
GROUP BY ALL
ORDER BY f.notice_id, f.unit, f.finding_key
