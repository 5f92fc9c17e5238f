-- How long do dead links stay dead? Share of deaths that have lasted longer than so many days, by the method of Kaplan and Meier.
-- param kind VARCHAR: only links of that kind, e.g. page or attachment; all when not given
-- column days: days since the first night it was confirmed dead
-- column at_risk: deaths that were still followed just before
-- column mended: of these, those that were mended on that day
-- column still_dead: share of deaths that last longer
WITH death AS (
    SELECT days_dead AS days, mended_on IS NOT NULL AS mended
    FROM link_life
    WHERE $kind IS NULL OR kind = $kind
), step AS (
    SELECT d.days, count(*) AS at_risk, count(*) FILTER (WHERE o.mended AND o.days = d.days) AS mended
    FROM (SELECT DISTINCT days FROM death) AS d
    JOIN death AS o ON o.days >= d.days
    GROUP BY d.days
)
SELECT days, at_risk, mended, round(product(1 - mended / at_risk) OVER (ORDER BY days), 3) AS still_dead
FROM step
ORDER BY days
