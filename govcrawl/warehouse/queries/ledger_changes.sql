-- What became of which fault when: every change of state, day by day.
SELECT as_of, edition, site_code, check_id, subject_url, state_before, state, finding_key
FROM ledger_history
WHERE changed
ORDER BY as_of, site_code, check_id, subject_url, edition
