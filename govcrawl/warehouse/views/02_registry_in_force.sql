CREATE VIEW registry_in_force AS
SELECT registry_sha256, run_id, as_of
FROM raw.run
WHERE finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
ORDER BY as_of DESC, started_at DESC, run_id DESC
LIMIT 1;

COMMENT ON VIEW registry_in_force IS 'One row: the registry of the newest finished run, which site, section, unit, account, ticket and message show.';
