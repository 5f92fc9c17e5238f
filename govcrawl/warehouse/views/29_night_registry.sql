CREATE VIEW derived.night_registry AS
SELECT as_of, max_by(registry_sha256, (started_at, run_id)) AS registry_sha256,
    max_by(run_id, (started_at, run_id)) AS run_id
FROM raw.run
WHERE purpose IN (SELECT word FROM words.purpose WHERE nightly)
    AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
GROUP BY as_of;

COMMENT ON VIEW derived.night_registry IS 'One row per inspected day: the registry of its newest finished nightly run. The night_… views of registered things stand on it.';
