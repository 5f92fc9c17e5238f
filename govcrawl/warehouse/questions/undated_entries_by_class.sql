-- How many entries state no day, by class of section, on the newest night?
-- column class: class of the section
-- column entries: entries
-- column undated: of these, without a day in the list or on their page
-- column undated_share: share
WITH newest AS (
    SELECT run_id, site_code FROM night_visit WHERE of_lists AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT class, count(*) AS entries, count(*) FILTER (WHERE published_on IS NULL) AS undated,
    round(count(*) FILTER (WHERE published_on IS NULL) / count(*), 3) AS undated_share
FROM entry
SEMI JOIN newest USING (run_id, site_code)
GROUP BY class
ORDER BY class
