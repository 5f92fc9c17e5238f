-- At which hours of the day do home pages not open? Attempts that were turned away are left out: they say nothing of the site.
-- column hour: hour in Asia/Shanghai
-- column attempts: attempts that say something
-- column failed: of these, failed
-- column failed_share: share
SELECT hour(probed_at + INTERVAL 8 HOUR) AS hour, count(*) AS attempts,
    count(*) FILTER (WHERE outcome IN (SELECT word FROM words.outcome WHERE failed)) AS failed,
    round(count(*) FILTER (WHERE outcome IN (SELECT word FROM words.outcome WHERE failed)) / count(*), 4) AS failed_share
FROM probe
WHERE voided IS NULL AND outcome NOT IN (SELECT word FROM words.outcome WHERE ours)
GROUP BY hour
ORDER BY hour
