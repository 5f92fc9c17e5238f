CREATE VIEW ledger AS
WITH newest AS (
    SELECT l.*, a.as_of
    FROM raw.ledger AS l
    JOIN raw.assessment AS a USING (assessment_id)
    QUALIFY row_number() OVER (
        PARTITION BY finding_key ORDER BY a.as_of DESC, a.created_at DESC, assessment_id DESC
    ) = 1
), night AS (
    SELECT as_of, max(finished_at) AS finished_at
    FROM raw.run
    WHERE purpose = 'nightly' AND finish_reason = 'finished'
    GROUP BY as_of
), told AS (
    SELECT newest.finding_key, f.notice_id, f.due_on
    FROM newest
    JOIN raw.issued_finding AS f USING (finding_key)
    JOIN raw.issued_document AS d USING (notice_id)
    JOIN raw.assessment AS a ON a.assessment_id = d.assessment_id
    WHERE a.as_of >= newest.since_on
    QUALIFY row_number() OVER (
        PARTITION BY newest.finding_key ORDER BY f.due_on NULLS LAST, a.as_of, f.notice_id
    ) = 1
), mended AS (
    SELECT finding_key, max(checked_at) AS checked_at, max(r.as_of) AS checked_on
    FROM raw.recheck_result
    JOIN raw.run AS r USING (run_id)
    WHERE result = 'mended'
    GROUP BY finding_key
)
SELECT l.finding_key, l.site_code, l.check_id, l.subject_url,
    CASE WHEN m.checked_on IS NULL THEN l.state ELSE 'fixed' END AS state,
    l.first_seen_on, l.last_seen_on, coalesce(m.checked_on, l.fixed_on) AS fixed_on,
    coalesce(l.notified_in, t.notice_id) AS notified_in,
    CASE WHEN l.notified_in IS NULL THEN t.due_on ELSE l.due_on END AS due_on,
    l.assessment_id, l.since_on
FROM newest AS l
LEFT JOIN night USING (as_of)
LEFT JOIN told AS t ON t.finding_key = l.finding_key
LEFT JOIN mended AS m
    ON m.finding_key = l.finding_key AND m.checked_on >= l.as_of
    AND m.checked_at > coalesce(night.finished_at, TIMESTAMP '1970-01-01')
    AND l.state IN ('new', 'open', 'reopened', 'overdue');

COMMENT ON VIEW ledger IS 'One row per fault over its life, as the newest assessment that knows it, and the re-checks and documents since, leave it.';
COMMENT ON COLUMN ledger.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN ledger.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN ledger.check_id IS 'Check that found it';
COMMENT ON COLUMN ledger.subject_url IS 'What is at fault';
COMMENT ON COLUMN ledger.state IS 'new, open, fixed, reopened, overdue, dismissed or explained; closed when its site was closed or left the registry';
COMMENT ON COLUMN ledger.first_seen_on IS 'Civil day it was first found';
COMMENT ON COLUMN ledger.last_seen_on IS 'Civil day it was last found';
COMMENT ON COLUMN ledger.fixed_on IS 'Civil day a measurement, of a night or a re-check, no longer found it';
COMMENT ON COLUMN ledger.notified_in IS 'Document that first told the unit of it (issued_document) since it stands';
COMMENT ON COLUMN ledger.due_on IS 'Civil day by which that document wants it mended';
COMMENT ON COLUMN ledger.since_on IS 'Civil day it was first found since it last was mended; notices and confirmations from before that day are of an earlier fault';
COMMENT ON COLUMN ledger.assessment_id IS 'Assessment the state was derived in';
