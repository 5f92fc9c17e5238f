-- Which runs speak for a day: of each kind the newest finished one up to $as_of; of the links runs only that of the visit in force.
WITH newest AS (
    SELECT *
    FROM run
    WHERE as_of <= $as_of AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    QUALIFY row_number() OVER (
        PARTITION BY kind, coalesce(of_run, '') ORDER BY as_of DESC, started_at DESC, run_id DESC
    ) = 1
)
SELECT kind, run_id, as_of, started_at, finished_at, registry_sha256, of_run
FROM newest
WHERE of_run IS NULL OR of_run IN (SELECT run_id FROM newest WHERE kind IN (SELECT word FROM words.run_kind WHERE reads_pages))
ORDER BY kind
