CREATE VIEW result_comparison AS
WITH machine AS (
    SELECT assessment_id, site_code, '' AS indicator_id, score,
        CASE
            WHEN verdict IN (SELECT word FROM words.verdict WHERE qualified) THEN '合格'
            WHEN verdict IN (SELECT word FROM words.verdict WHERE unqualified) THEN '不合格'
        END AS verdict
    FROM raw.site_result
    UNION ALL
    SELECT assessment_id, site_code, indicator_id, points,
        CASE
            WHEN state IN (SELECT word FROM words.row_state WHERE pass) THEN '合格'
            WHEN state IN (SELECT word FROM words.row_state WHERE fail) THEN '不合格'
        END
    FROM raw.indicator_result
), person AS (
    SELECT a.assessment_id, p.origin, p.site_code, coalesce(p.indicator_id, '') AS indicator_id,
        max_by({verdict: p.verdict, score: p.score, checked_on: p.checked_on}, coalesce(p.checked_on, DATE '0001-01-01')) AS said
    FROM derived.assessed_registry AS a
    JOIN (
        SELECT 'self' AS origin, * FROM raw.self_check
        UNION ALL
        SELECT 'spot', * FROM raw.spot_check
    ) AS p ON p.registry_sha256 = a.registry_sha256 AND (p.checked_on IS NULL OR p.checked_on <= a.as_of)
    GROUP BY ALL
), said AS (
    SELECT assessment_id, site_code, indicator_id,
        max(said) FILTER (WHERE origin = 'self') AS self,
        max(said) FILTER (WHERE origin = 'spot') AS spot
    FROM person
    GROUP BY ALL
)
SELECT s.assessment_id, s.site_code, nullif(s.indicator_id, '') AS indicator_id,
    m.verdict AS machine_verdict, m.score AS machine_score,
    s.self.verdict AS self_verdict, s.self.score AS self_score, s.self.checked_on AS self_checked_on,
    s.spot.verdict AS spot_verdict, s.spot.score AS spot_score, s.spot.checked_on AS spot_checked_on
FROM said AS s
LEFT JOIN machine AS m USING (assessment_id, site_code, indicator_id);

COMMENT ON VIEW result_comparison IS 'One row per site or indicator that people judged by the day of an assessment: the machine''s result, the unit''s own (自查) and the spot check''s (抽查), of each the newest.';
