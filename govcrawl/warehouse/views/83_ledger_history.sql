CREATE VIEW ledger_history AS
SELECT a.as_of, l.assessment_id, a.edition, l.finding_key, l.site_code, l.check_id, l.subject_url, l.state,
    lag(l.state) OVER life AS state_before,
    l.state IS DISTINCT FROM lag(l.state) OVER life AS changed,
    l.since_on, l.last_seen_on, l.fixed_on, l.page_gone, l.notified_in, l.due_on
FROM raw.ledger AS l
JOIN (
    SELECT *
    FROM raw.assessment
    QUALIFY row_number() OVER (PARTITION BY edition, as_of ORDER BY created_at DESC, assessment_id DESC) = 1
) AS a USING (assessment_id)
WINDOW life AS (PARTITION BY a.edition, l.finding_key ORDER BY a.as_of);

COMMENT ON VIEW ledger_history IS 'One row per fault, edition and inspected day: how it stood, and how the day before. A day that was judged again counts with its newest assessment.';
