-- Which rows of the table cost sites points, and which wait for people, on the newest day judged?
-- column indicator_id: row
-- column title: its title
-- column sites: sites asked
-- column failed: of these, failed
-- column points: points lost or won for certain, all sites together
-- column points_open: points that can still move
WITH newest AS (
    SELECT assessment_id FROM assessment_of_day WHERE edition = (SELECT edition FROM office_edition) ORDER BY as_of DESC LIMIT 1
)
SELECT r.indicator_id, any_value(i.title) AS title, count(*) AS sites,
    count(*) FILTER (WHERE r.state IN (SELECT word FROM words.row_state WHERE fail)) AS failed,
    sum(r.points) AS points, sum(r.points_open) AS points_open
FROM indicator_result AS r
SEMI JOIN newest USING (assessment_id)
LEFT JOIN indicator AS i ON i.assessment_id = r.assessment_id AND i.indicator_id = r.indicator_id
GROUP BY r.indicator_id, i.position
ORDER BY i.position, r.indicator_id
