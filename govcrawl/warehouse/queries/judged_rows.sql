-- Which rows of which editions have been asked of which sites, and the most points each can move; null where it moves none.
SELECT DISTINCT edition, site_code, indicator_id, max_points
FROM indicator_result
JOIN assessment USING (assessment_id)
ORDER BY edition, site_code, indicator_id
