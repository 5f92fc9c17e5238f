-- How the rows of the table were answered in $assessment_id: where all sites of a scope are asked, rows = indicators × sites.
SELECT i.part, i.scope, count(DISTINCT i.indicator_id)::INTEGER AS indicators,
    count(DISTINCT r.site_code)::INTEGER AS sites, count(*)::INTEGER AS rows,
    count(*) FILTER (WHERE r.state IN (SELECT word FROM words.row_state WHERE pass))::INTEGER AS passed,
    count(*) FILTER (WHERE r.state IN (SELECT word FROM words.row_state WHERE fail))::INTEGER AS failed,
    count(*) FILTER (WHERE r.state IN (SELECT word FROM words.row_state WHERE unmeasured))::INTEGER AS unmeasured,
    count(*) FILTER (WHERE r.state IN (SELECT word FROM words.row_state WHERE manual))::INTEGER AS manual,
    count(*) FILTER (WHERE i.verify)::INTEGER AS to_verify
FROM indicator AS i
JOIN indicator_result AS r USING (assessment_id, indicator_id)
WHERE i.assessment_id = $assessment_id
GROUP BY i.part, i.scope
ORDER BY min(i.position)
