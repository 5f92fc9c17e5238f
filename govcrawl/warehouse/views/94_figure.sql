CREATE VIEW figure AS
WITH place AS (
    SELECT DISTINCT region_code, unnest([region_code[:2] || '0000', region_code[:4] || '00', region_code]) AS above
    FROM raw.site
    WHERE region_code IS NOT NULL
    UNION
    SELECT region_code, unnest([region_code[:2] || '0000', region_code[:4] || '00', region_code])
    FROM raw.unit
    WHERE region_code IS NOT NULL
), member AS (
    SELECT s.*, 'all' AS dimension, '' AS member, NULL AS parent FROM site_figure AS s
    UNION ALL
    SELECT s.*, 'unit', up.superior, above.parent
    FROM site_figure AS s
    JOIN unit_under AS up ON up.registry_sha256 = s.registry_sha256 AND up.unit = s.unit
    LEFT JOIN raw.unit AS above ON above.registry_sha256 = s.registry_sha256 AND above.unit = up.superior
    UNION ALL
    SELECT s.*, 'region', p.above,
        CASE WHEN p.above[3:] = '0000' THEN NULL WHEN p.above[5:] = '00' THEN p.above[:2] || '0000' ELSE p.above[:4] || '00' END
    FROM site_figure AS s
    JOIN place AS p ON p.region_code = s.region_code
    UNION ALL
    SELECT s.*, 'level', s.level, NULL FROM site_figure AS s WHERE s.level IS NOT NULL
    UNION ALL
    SELECT s.*, 'kind', s.kind, NULL FROM site_figure AS s WHERE s.kind IS NOT NULL
)
SELECT assessment_id, dimension, member, parent,
    count(*)::INTEGER AS running,
    count(*) FILTER (WHERE verdict IN (SELECT word FROM words.verdict WHERE checked))::INTEGER AS checked,
    count(*) FILTER (WHERE verdict IN (SELECT word FROM words.verdict WHERE qualified))::INTEGER AS qualified,
    count(*) FILTER (WHERE verdict IN (SELECT word FROM words.verdict WHERE unqualified))::INTEGER AS unqualified,
    count(*) FILTER (WHERE verdict IN (SELECT word FROM words.verdict WHERE unmeasured))::INTEGER AS unmeasured,
    sum(reported)::INTEGER AS reported,
    sum(awaiting)::INTEGER AS awaiting,
    sum(dismissed)::INTEGER AS dismissed,
    sum(explained)::INTEGER AS explained,
    sum(new)::INTEGER AS new,
    sum(open)::INTEGER AS open,
    sum(reopened)::INTEGER AS reopened,
    sum(overdue)::INTEGER AS overdue,
    sum(fixed)::INTEGER AS fixed,
    sum(tickets)::INTEGER AS tickets,
    sum(tickets_unanswered)::INTEGER AS tickets_unanswered
FROM member
GROUP BY ALL;

COMMENT ON VIEW figure IS 'One row per assessment and unit, region, level or kind, and one for all: the figures of its sites and of all below it.';
