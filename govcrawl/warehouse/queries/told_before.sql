-- Which document issued before $as_of told of each of $finding_keys, that stands since the day of $since_on beside it.
SELECT finding_key, told.notice_id, strftime(told.due_on, '%Y-%m-%d') AS due_on
FROM (
    SELECT finding_key, derived.told_of(finding_key, since_on, $as_of::DATE) AS told
    FROM (SELECT unnest($finding_keys::VARCHAR[]) AS finding_key, unnest($since_on::DATE[]) AS since_on)
)
WHERE told IS NOT NULL
ORDER BY finding_key
