-- Which platforms do accounts with faults live on, on the newest day judged?
-- column platform: platform
-- column accounts: accounts registered
-- column with_faults: of these, with a reported fault
WITH newest AS (
    SELECT assessment_id FROM assessment_of_day WHERE edition = (SELECT edition FROM office_edition) ORDER BY as_of DESC LIMIT 1
), found AS (
    SELECT DISTINCT account_id
    FROM finding
    SEMI JOIN newest USING (assessment_id)
    WHERE account_id IS NOT NULL AND state IN (SELECT word FROM words.finding_state WHERE reported)
)
SELECT a.platform, count(*) AS accounts, count(f.account_id) AS with_faults
FROM account AS a
LEFT JOIN found AS f USING (account_id)
GROUP BY a.platform
ORDER BY accounts DESC, a.platform
