-- Faults that a re-check found mended after the inspection of $earlier was measured and before that of $as_of began.
WITH night AS (
    SELECT as_of, min(started_at) AS started_at, max(finished_at) AS finished_at
    FROM run
    WHERE purpose = 'nightly' AND finish_reason = 'finished'
    GROUP BY as_of
)
SELECT finding_key, strftime(max(checked_on), '%Y-%m-%d') AS fixed_on, max(run_id) AS run_id
FROM recheck_result
WHERE result = 'mended' AND checked_on BETWEEN $earlier AND $as_of
    AND checked_at > coalesce((SELECT finished_at FROM night WHERE as_of = $earlier), TIMESTAMP '1970-01-01')
    AND checked_at < (SELECT started_at FROM night WHERE as_of = $as_of)
GROUP BY finding_key
ORDER BY finding_key
