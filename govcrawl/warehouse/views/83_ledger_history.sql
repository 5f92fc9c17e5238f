CREATE VIEW ledger_history AS
SELECT a.as_of, l.assessment_id, a.edition, l.finding_key, l.site_code, l.check_id, l.subject_url, l.state,
    lag(l.state) OVER life AS state_before,
    l.state IS DISTINCT FROM lag(l.state) OVER life AS changed,
    l.since_on, l.last_seen_on, l.fixed_on, l.notified_in, l.due_on
FROM raw.ledger AS l
JOIN (
    SELECT *
    FROM raw.assessment
    QUALIFY row_number() OVER (PARTITION BY edition, as_of ORDER BY created_at DESC, assessment_id DESC) = 1
) AS a USING (assessment_id)
WINDOW life AS (PARTITION BY a.edition, l.finding_key ORDER BY a.as_of);

COMMENT ON VIEW ledger_history IS 'One row per fault, edition and inspected day: how it stood, and how the day before. A day that was judged again counts with its newest assessment.';
COMMENT ON COLUMN ledger_history.as_of IS 'Civil day inspected, e.g. 2026-11-22';
COMMENT ON COLUMN ledger_history.assessment_id IS 'Assessment the state was derived in';
COMMENT ON COLUMN ledger_history.edition IS 'Edition of the official indicators, e.g. inspection-2019';
COMMENT ON COLUMN ledger_history.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN ledger_history.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN ledger_history.check_id IS 'Check that found it';
COMMENT ON COLUMN ledger_history.subject_url IS 'What is at fault';
COMMENT ON COLUMN ledger_history.state IS 'new, open, fixed, reopened, overdue, dismissed or explained; closed when its site was closed or left the registry';
COMMENT ON COLUMN ledger_history.state_before IS 'State on the inspected day before; null on the first';
COMMENT ON COLUMN ledger_history.changed IS 'The state is another than on the inspected day before';
COMMENT ON COLUMN ledger_history.since_on IS 'Civil day it was first found since it last was mended';
COMMENT ON COLUMN ledger_history.last_seen_on IS 'Civil day it was last found';
COMMENT ON COLUMN ledger_history.fixed_on IS 'Civil day a measurement no longer found it';
COMMENT ON COLUMN ledger_history.notified_in IS 'Document that first told the unit of it since it stands';
COMMENT ON COLUMN ledger_history.due_on IS 'Civil day by which that document wants it mended';
