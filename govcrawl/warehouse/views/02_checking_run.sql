CREATE VIEW derived.checking_run AS
SELECT of_run AS run_id, max_by(run_id, (started_at, run_id)) AS links_run_id,
    arg_max_null(v.reason, (started_at, run_id)) AS voided
FROM raw.run
LEFT JOIN derived.voided_run AS v USING (run_id)
WHERE kind IN (SELECT word FROM words.run_kind WHERE links) AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
GROUP BY of_run;

COMMENT ON VIEW derived.checking_run IS 'The run that checked the links of a visit: of several the last that finished, and why it speaks against nobody, where it does not.';
