-- What became of the pages that were asked for on the newest night?
-- column outcome: outcome word
-- column pages: pages
-- column sites: sites
WITH newest AS (
    SELECT run_id, site_code FROM night_visit WHERE of_pages AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT outcome, count(*) AS pages, count(DISTINCT site_code) AS sites
FROM page
SEMI JOIN newest USING (run_id, site_code)
WHERE NOT standing
GROUP BY outcome
ORDER BY pages DESC, outcome
