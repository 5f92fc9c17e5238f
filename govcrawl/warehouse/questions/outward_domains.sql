-- Which domains outside do sites link to most, on the newest night?
-- param most INTEGER = 20: how many domains
-- column domain: registrable domain
-- column sites: sites that link there
-- column targets: different targets
-- column dead: of these, confirmed dead
WITH newest AS (
    SELECT run_id, site_code FROM night_visit WHERE of_pages AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT domain, count(DISTINCT site_code) AS sites, count(DISTINCT target_url) AS targets,
    count(DISTINCT target_url) FILTER (WHERE confirmed) AS dead
FROM link
SEMI JOIN newest USING (run_id, site_code)
WHERE NOT internal AND domain IS NOT NULL
GROUP BY domain
ORDER BY sites DESC, targets DESC, domain
LIMIT $most
