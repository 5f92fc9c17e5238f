-- How often did people agree with the machine, by check?
-- column check_id: check
-- column judged: faults on which people decided whether they are right
-- column confirmed: of these, right
-- column precision: share
WITH newest AS (
    SELECT finding_key, decision FROM decision WHERE newest AND finding_key IS NOT NULL
), fault AS (
    SELECT DISTINCT finding_key, check_id FROM finding
)
SELECT f.check_id, count(*) AS judged,
    count(*) FILTER (WHERE n.decision IN (SELECT word FROM words.finding_state WHERE confirmed)) AS confirmed,
    round(count(*) FILTER (WHERE n.decision IN (SELECT word FROM words.finding_state WHERE confirmed)) / count(*), 3) AS precision
FROM newest AS n
JOIN fault AS f USING (finding_key)
WHERE n.decision IN (SELECT word FROM words.finding_state WHERE right_or_wrong)
GROUP BY f.check_id
ORDER BY f.check_id
