-- The edition of the newest night that judged; where no night is on record, the one that judged most days.
CREATE VIEW office_edition AS
SELECT a.edition
FROM raw.assessment AS a
LEFT JOIN raw.night AS n USING (assessment_id)
GROUP BY a.edition
ORDER BY max(n.as_of) DESC NULLS LAST, count(DISTINCT a.as_of) DESC, min(a.created_at), a.edition
LIMIT 1;

COMMENT ON VIEW office_edition IS 'One row: the edition the office works by, that of the newest night. Assessments by others are what-if and never change the ledger.';

CREATE VIEW assessment_of_day AS
SELECT edition, as_of, assessment_id, created_at
FROM raw.assessment
QUALIFY row_number() OVER (PARTITION BY edition, as_of ORDER BY created_at DESC, assessment_id DESC) = 1;

COMMENT ON VIEW assessment_of_day IS 'One row per edition and judged day: the assessment that counts, the newest where a day was judged again.';
