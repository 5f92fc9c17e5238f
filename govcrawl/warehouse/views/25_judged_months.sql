-- The last inspection of each month between two days, by the rules (edition and overlay) of an assessment: month → assessment_id.
CREATE OR REPLACE MACRO derived.judged_months(of_assessment, first_day, last_day) AS TABLE
    SELECT strftime(a.as_of, '%Y-%m') AS month, max_by(a.assessment_id, (a.as_of, a.created_at, a.assessment_id)) AS assessment_id
    FROM assessment AS a
    JOIN assessment AS own ON own.assessment_id = of_assessment AND own.edition = a.edition AND own.overlay IS NOT DISTINCT FROM a.overlay
    WHERE a.as_of BETWEEN first_day AND last_day
    GROUP BY 1;
