-- Faults that stood in $earlier_id and that a re-check found mended before the night of $as_of began.
SELECT finding_key, strftime(max(checked_on), '%Y-%m-%d') AS fixed_on, arg_max(page_gone, checked_at) AS page_gone, max(run_id) AS run_id
FROM derived.mended_since
WHERE assessment_id = $earlier_id AND checked_on <= $as_of
    AND checked_at < (
        SELECT min(started_at)
        FROM run
        WHERE as_of = $as_of AND purpose IN (SELECT word FROM words.purpose WHERE nightly)
            AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    )
GROUP BY finding_key
ORDER BY finding_key
