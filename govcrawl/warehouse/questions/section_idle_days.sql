-- For how many days have sections been idle on the newest night, by class?
-- column class: class of the section
-- column sections: sections that were read
-- column dated: of these, with a dated entry
-- column median_days: median days since the last entry
-- column slowest_tenth_days: nine in ten are idle for fewer
WITH newest AS (
    SELECT as_of, run_id, site_code FROM night_visit WHERE of_lists AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT a.class, count(*) AS sections, count(a.last_entry_on) AS dated, median(n.as_of - a.last_entry_on) AS median_days,
    quantile_cont(n.as_of - a.last_entry_on, 0.9) AS slowest_tenth_days
FROM section_activity AS a
JOIN newest AS n USING (run_id, site_code)
WHERE a.outcome IN (SELECT word FROM words.outcome WHERE opened)
GROUP BY a.class
ORDER BY a.class
