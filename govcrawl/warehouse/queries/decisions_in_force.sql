-- What people have decided that still holds on $as_of: of each fault and row the newest decision, unless it has run out.
SELECT finding_key, edition, site_code, account_id, indicator_id, decision, points, reason, until_on, decided_by, decided_at
FROM decision
WHERE newest AND (until_on IS NULL OR until_on >= $as_of)
ORDER BY finding_key, edition, site_code, account_id, indicator_id
