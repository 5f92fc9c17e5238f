-- Why could rows of the table not be measured, on the newest day judged?
-- column indicator_id: row
-- column sites: sites on which it is unmeasured
-- column reason: the reason told most often
WITH newest AS (
    SELECT assessment_id FROM assessment_of_day WHERE edition = (SELECT edition FROM office_edition) ORDER BY as_of DESC LIMIT 1
)
SELECT indicator_id, count(*) AS sites, arg_max(reason, (told, reason)) AS reason
FROM (
    SELECT indicator_id, site_code, reason, count(*) OVER (PARTITION BY indicator_id, reason) AS told
    FROM indicator_result
    SEMI JOIN newest USING (assessment_id)
    WHERE state IN (SELECT word FROM words.row_state WHERE unmeasured)
)
GROUP BY indicator_id
ORDER BY sites DESC, indicator_id
