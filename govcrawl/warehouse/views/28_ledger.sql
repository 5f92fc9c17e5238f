CREATE VIEW ledger AS
SELECT finding_key, site_code, check_id, subject_url, state, first_seen_on, last_seen_on, fixed_on, notified_in,
    due_on, assessment_id, since_on
FROM raw.ledger
JOIN raw.assessment AS a USING (assessment_id)
QUALIFY row_number() OVER (
    PARTITION BY finding_key ORDER BY a.as_of DESC, a.created_at DESC, assessment_id DESC
) = 1;

COMMENT ON VIEW ledger IS 'One row per fault over its life, as the newest assessment that knows it leaves it.';
COMMENT ON COLUMN ledger.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN ledger.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN ledger.check_id IS 'Check that found it';
COMMENT ON COLUMN ledger.subject_url IS 'What is at fault';
COMMENT ON COLUMN ledger.state IS 'new, open, fixed, reopened, overdue, dismissed or explained; closed when its site was closed or left the registry';
COMMENT ON COLUMN ledger.first_seen_on IS 'Civil day it was first found';
COMMENT ON COLUMN ledger.last_seen_on IS 'Civil day it was last found';
COMMENT ON COLUMN ledger.fixed_on IS 'Civil day a measurement no longer found it';
COMMENT ON COLUMN ledger.notified_in IS 'Document that first told the unit of it (issued_document) since it stands';
COMMENT ON COLUMN ledger.due_on IS 'Civil day by which that document wants it mended';
COMMENT ON COLUMN ledger.since_on IS 'Civil day it was first found since it last was mended; notices and confirmations from before that day are of an earlier fault';
COMMENT ON COLUMN ledger.assessment_id IS 'Assessment the state was derived in';
