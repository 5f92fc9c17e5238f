CREATE VIEW site_result AS
SELECT assessment_id, site_code, verdict, score, vetoes, score_floor, score_ceiling, band
FROM raw.site_result;

COMMENT ON VIEW site_result IS 'One row per site and assessment.';
