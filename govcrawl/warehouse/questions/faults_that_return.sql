-- Which faults come back after they were mended?
-- column check_id: check
-- column mended: faults that were proven mended at least once
-- column back: of these, found again later
-- column back_share: share
WITH life AS (
    SELECT finding_key, check_id,
        bool_or(changed AND state IN (SELECT word FROM words.ledger_state WHERE fixed)) AS mended,
        bool_or(changed AND state IN (SELECT word FROM words.ledger_state WHERE reopened)) AS back
    FROM ledger_history
    WHERE edition = (SELECT edition FROM office_edition)
    GROUP BY finding_key, check_id
)
SELECT check_id, count(*) FILTER (WHERE mended) AS mended, count(*) FILTER (WHERE back) AS back,
    round(count(*) FILTER (WHERE back) / count(*) FILTER (WHERE mended), 3) AS back_share
FROM life
GROUP BY check_id
HAVING bool_or(mended)
ORDER BY check_id
