-- The runs of the last $nights inspected days up to $as_of, the newest day first.
SELECT run_id, kind, as_of, started_at, finished_at, finish_reason, sites, pages, requests,
    date_diff('second', started_at, finished_at) AS took_s
FROM run
WHERE purpose IN (SELECT word FROM words.purpose WHERE nightly) AND as_of <= $as_of
QUALIFY dense_rank() OVER (ORDER BY as_of DESC) <= $nights
ORDER BY as_of DESC, started_at, run_id
