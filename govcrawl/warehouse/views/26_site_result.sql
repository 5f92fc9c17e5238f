CREATE VIEW site_result AS
SELECT r.assessment_id, r.site_code, r.verdict, r.score, r.vetoes, r.score_floor, r.score_ceiling, r.band, r.drawn,
    p.points_lost, p.points_won, p.points_open
FROM raw.site_result AS r
LEFT JOIN (
    SELECT assessment_id, site_code,
        coalesce(sum(points) FILTER (WHERE part = 'deduct'), 0) AS points_lost,
        coalesce(sum(points) FILTER (WHERE part = 'bonus'), 0) AS points_won,
        coalesce(sum(points_open), 0) AS points_open
    FROM raw.indicator_result
    JOIN raw.indicator USING (assessment_id, indicator_id)
    GROUP BY assessment_id, site_code
    HAVING bool_or(part IN ('deduct', 'bonus'))
) AS p USING (assessment_id, site_code);

COMMENT ON VIEW site_result IS 'One row per site and assessment.';
