CREATE VIEW site_result AS
SELECT assessment_id, site_code, verdict, score, vetoes
FROM raw.site_result;

COMMENT ON VIEW site_result IS 'One row per site and assessment.';
COMMENT ON COLUMN site_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN site_result.site_code IS 'Site judged';
COMMENT ON COLUMN site_result.verdict IS 'qualified, unqualified or unmeasured';
COMMENT ON COLUMN site_result.score IS 'Points, null where the edition gives none';
COMMENT ON COLUMN site_result.vetoes IS 'Indicators whose veto failed';
