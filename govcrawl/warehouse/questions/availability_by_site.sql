-- How often did each home page open, and how quickly?
-- column site_code: site
-- column name: its name
-- column attempts: attempts that say something
-- column failed: of these, failed
-- column median_s: median seconds to a usable page
SELECT p.site_code, s.name, count(*) AS attempts,
    count(*) FILTER (WHERE p.outcome IN (SELECT word FROM words.outcome WHERE failed)) AS failed,
    round(median(p.elapsed_s) FILTER (WHERE p.outcome IN (SELECT word FROM words.outcome WHERE opened)), 2) AS median_s
FROM probe AS p
LEFT JOIN site AS s USING (site_code)
WHERE p.voided IS NULL AND p.outcome NOT IN (SELECT word FROM words.outcome WHERE ours)
GROUP BY p.site_code, s.name
ORDER BY failed DESC, p.site_code
