CREATE VIEW finding AS
SELECT assessment_id, finding_key, site_code, check_id, state, subject_url, origin_url, observed, expected,
    evidence, run_id, indicator_id, decision, decision_reason, decided_by, decided_on, decided_until, observed_on,
    CASE WHEN site_code IS NULL THEN nullif(regexp_extract(subject_url, '^account:(.*)', 1), '') END AS account_id
FROM raw.finding;

COMMENT ON VIEW finding IS 'One row per fault and assessment.';
