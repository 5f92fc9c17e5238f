-- Which rows of which editions have been asked of which sites and accounts, and the most points each can move; null where
-- it moves none.
SELECT DISTINCT edition, site_code, NULL AS account_id, indicator_id, max_points
FROM indicator_result
JOIN assessment USING (assessment_id)
UNION ALL
SELECT DISTINCT edition, NULL, account_id, indicator_id, max_points
FROM account_indicator_result
JOIN assessment USING (assessment_id)
ORDER BY edition, site_code, account_id, indicator_id
