CREATE VIEW site_figure AS
WITH counted_in AS (
    SELECT s.registry_sha256, s.site_code, s.unit, s.level, s.kind,
        CASE WHEN led.unit IS NULL THEN s.region_code ELSE led.region_code END AS region_code
    FROM raw.site AS s
    LEFT JOIN (  -- a vertical unit counts in the region of the first unit above it that is not vertical
        SELECT u.registry_sha256, u.unit, min_by(above.region_code, up.distance) AS region_code
        FROM raw.unit AS u
        LEFT JOIN unit_under AS up ON up.registry_sha256 = u.registry_sha256 AND up.unit = u.unit
        LEFT JOIN raw.unit AS above
            ON above.registry_sha256 = u.registry_sha256 AND above.unit = up.superior AND NOT above.vertical
        WHERE u.vertical AND above.unit IS NOT NULL
        GROUP BY u.registry_sha256, u.unit
        UNION ALL
        SELECT registry_sha256, unit, NULL
        FROM raw.unit
        WHERE vertical AND parent IS NULL
    ) AS led ON led.registry_sha256 = s.registry_sha256 AND led.unit = s.unit
), faults AS (
    SELECT assessment_id, site_code,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.finding_state WHERE reported)) AS reported,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.finding_state WHERE awaiting)) AS awaiting,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.finding_state WHERE dismissed)) AS dismissed,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.finding_state WHERE explained)) AS explained
    FROM raw.finding
    WHERE site_code IS NOT NULL
    GROUP BY assessment_id, site_code
), lives AS (
    SELECT assessment_id, site_code,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE new)) AS new,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE open)) AS open,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE reopened)) AS reopened,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE overdue)) AS overdue,
        count(*) FILTER (WHERE state IN (SELECT word FROM words.ledger_state WHERE fixed)) AS fixed
    FROM raw.ledger
    WHERE site_code IS NOT NULL
    GROUP BY assessment_id, site_code
), letters AS (
    SELECT registry_sha256, site_code, count(*) AS tickets, count(*) FILTER (WHERE answered_at IS NULL) AS tickets_unanswered
    FROM raw.ticket
    GROUP BY registry_sha256, site_code
)
SELECT r.assessment_id, r.site_code, s.unit, s.region_code, s.level, s.kind, r.verdict, r.score,
    coalesce(f.reported, 0)::INTEGER AS reported,
    coalesce(f.awaiting, 0)::INTEGER AS awaiting,
    coalesce(f.dismissed, 0)::INTEGER AS dismissed,
    coalesce(f.explained, 0)::INTEGER AS explained,
    coalesce(l.new, 0)::INTEGER AS new,
    coalesce(l.open, 0)::INTEGER AS open,
    coalesce(l.reopened, 0)::INTEGER AS reopened,
    coalesce(l.overdue, 0)::INTEGER AS overdue,
    coalesce(l.fixed, 0)::INTEGER AS fixed,
    coalesce(t.tickets, 0)::INTEGER AS tickets,
    coalesce(t.tickets_unanswered, 0)::INTEGER AS tickets_unanswered,
    n.registry_sha256
FROM raw.site_result AS r
JOIN derived.assessed_registry AS n USING (assessment_id)
LEFT JOIN counted_in AS s ON s.registry_sha256 = n.registry_sha256 AND s.site_code = r.site_code
LEFT JOIN faults AS f ON f.assessment_id = r.assessment_id AND f.site_code = r.site_code
LEFT JOIN lives AS l ON l.assessment_id = r.assessment_id AND l.site_code = r.site_code
LEFT JOIN letters AS t ON t.registry_sha256 = n.registry_sha256 AND t.site_code = r.site_code;

COMMENT ON VIEW site_figure IS 'One row per site and assessment: what of it is counted for its unit, region, level and kind, as the registry of that day has them.';
