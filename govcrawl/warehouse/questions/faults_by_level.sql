-- How many faults does a site of each level of government have, on the newest day judged?
-- column level: level of the site
-- column sites: sites judged
-- column faults: reported faults
-- column faults_a_site: mean
-- column sites_without: sites without any
WITH newest AS (
    SELECT assessment_id FROM assessment_of_day WHERE edition = (SELECT edition FROM office_edition) ORDER BY as_of DESC LIMIT 1
)
SELECT level, count(*) AS sites, sum(reported) AS faults, round(avg(reported), 2) AS faults_a_site,
    count(*) FILTER (WHERE reported = 0) AS sites_without
FROM site_figure
SEMI JOIN newest USING (assessment_id)
GROUP BY level
ORDER BY level
