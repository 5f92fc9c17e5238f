-- The rules of the ledger about what was told and what was mended between two inspections: the view `ledger` and the
-- next assessment ask these, and neither says them again.

-- Which document told of a fault that stands since a day: of those that speak of an inspection of that day or later and
-- were issued before `before`, the one with the first deadline.
CREATE OR REPLACE MACRO derived.told_of(fault, since, before) AS (
    SELECT arg_min({'notice_id': f.notice_id, 'due_on': f.due_on}, (f.due_on IS NULL, f.due_on, told_on, f.notice_id))
    FROM (
        SELECT i.finding_key, i.notice_id, i.due_on, d.issued_on, coalesce(a.as_of, d.issued_on) AS told_on
        FROM raw.issued_finding AS i
        JOIN raw.issued_document AS d USING (notice_id)
        LEFT JOIN raw.assessment AS a ON a.assessment_id = d.assessment_id
    ) AS f
    WHERE f.finding_key = fault AND told_on >= since AND f.issued_on < before
);

CREATE VIEW derived.mended_since AS
SELECT l.assessment_id, l.finding_key, r.run_id, r.checked_at, run.as_of AS checked_on, r.page_gone
FROM raw.ledger AS l
JOIN raw.assessment AS a USING (assessment_id)
LEFT JOIN (
    SELECT as_of, max(finished_at) AS finished_at
    FROM raw.run
    WHERE purpose IN (SELECT word FROM words.purpose WHERE nightly)
        AND finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    GROUP BY as_of
) AS night ON night.as_of = a.as_of
JOIN raw.recheck_result AS r USING (finding_key)
JOIN raw.run ON run.run_id = r.run_id
WHERE l.state IN (SELECT word FROM words.ledger_state WHERE standing)
    AND r.result IN (SELECT word FROM words.recheck_answer WHERE mended)
    AND run.as_of >= a.as_of AND r.checked_at > coalesce(night.finished_at, TIMESTAMP '1970-01-01');

COMMENT ON VIEW derived.mended_since IS 'One row per fault that stood in an assessment and re-check that found it mended after the night of that assessment was measured.';
