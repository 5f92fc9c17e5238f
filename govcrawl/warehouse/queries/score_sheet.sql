-- Every row $assessment_id asked of $site_code, in the order of the table: state, points, the arithmetic, the clause
-- and whether it must still be verified, and the faults that stand under it.
SELECT i.position, i.part, i.block, i.title, r.state, r.points, r.max_points, r.count, r.reason, r.basis, i.clause, i.source,
    i.verify, under.counted, under.others
FROM indicator_result AS r
JOIN indicator AS i USING (assessment_id, indicator_id)
LEFT JOIN (
    SELECT f.assessment_id, f.site_code, l.indicator_id,
        list(f.finding_key ORDER BY f.finding_key) FILTER (WHERE l.counts) AS counted,
        list(f.finding_key ORDER BY f.finding_key) FILTER (WHERE NOT l.counts) AS others
    FROM indicator_finding AS l
    JOIN finding AS f USING (assessment_id, finding_key)
    GROUP BY f.assessment_id, f.site_code, l.indicator_id
) AS under USING (assessment_id, site_code, indicator_id)
WHERE r.assessment_id = $assessment_id AND r.site_code = $site_code
ORDER BY i.position
