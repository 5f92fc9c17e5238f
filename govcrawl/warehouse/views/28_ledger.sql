CREATE VIEW ledger AS
WITH newest AS (
    SELECT l.*, derived.told_of(l.finding_key, l.since_on, DATE 'infinity') AS told
    FROM raw.ledger AS l
    JOIN raw.assessment AS a USING (assessment_id)
    WHERE a.edition = (SELECT edition FROM office_edition)
    QUALIFY row_number() OVER (
        PARTITION BY finding_key ORDER BY a.as_of DESC, a.created_at DESC, assessment_id DESC
    ) = 1
), mended AS (
    SELECT assessment_id, finding_key, max(checked_on) AS checked_on, arg_max(page_gone, checked_at) AS page_gone
    FROM derived.mended_since
    GROUP BY assessment_id, finding_key
)
SELECT l.finding_key, l.site_code, l.check_id, l.subject_url,
    CASE WHEN m.checked_on IS NULL THEN l.state ELSE (SELECT word FROM words.ledger_state WHERE fixed) END AS state,
    l.first_seen_on, l.last_seen_on, coalesce(m.checked_on, l.fixed_on) AS fixed_on,
    coalesce(l.notified_in, l.told.notice_id) AS notified_in,
    CASE WHEN l.notified_in IS NULL THEN l.told.due_on ELSE l.due_on END AS due_on,
    l.assessment_id, l.since_on, coalesce(m.page_gone, l.page_gone) AS page_gone
FROM newest AS l
LEFT JOIN mended AS m USING (assessment_id, finding_key);

COMMENT ON VIEW ledger IS 'One row per fault over its life, as the newest assessment that knows it, by the edition the office works by, and the re-checks and documents since, leave it. Of other editions: ledger_history.';
