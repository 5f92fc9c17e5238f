CREATE VIEW night_surroundings AS
SELECT as_of, max_by(run_id, (started_at, run_id)) AS run_id
FROM raw.run
WHERE kind IN (SELECT word FROM words.run_kind WHERE surroundings) AND purpose IN (SELECT word FROM words.purpose WHERE nightly) AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
GROUP BY as_of;

COMMENT ON VIEW night_surroundings IS 'One row per inspected day: the surroundings run that speaks for it.';
