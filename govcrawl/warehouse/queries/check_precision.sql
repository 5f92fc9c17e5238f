-- How often each check was right, by the newest decision of people on each fault: confirmed of all confirmed or dismissed.
-- What was explained was found rightly as well, and excused; it says nothing for or against the check.
SELECT check_id,
    count(*) FILTER (WHERE decision IN (SELECT word FROM words.finding_state WHERE confirmed)) AS confirmed,
    count(*) FILTER (WHERE decision IN (SELECT word FROM words.finding_state WHERE dismissed)) AS dismissed,
    count(*) FILTER (WHERE decision IN (SELECT word FROM words.finding_state WHERE explained)) AS explained,
    count(*) FILTER (WHERE decision IN (SELECT word FROM words.finding_state WHERE confirmed))
        / nullif(count(*) FILTER (WHERE decision IN (SELECT word FROM words.finding_state WHERE right_or_wrong)), 0) AS precision
FROM decision
JOIN (SELECT finding_key, any_value(check_id) AS check_id FROM finding GROUP BY finding_key) USING (finding_key)
WHERE newest
GROUP BY check_id
ORDER BY check_id
