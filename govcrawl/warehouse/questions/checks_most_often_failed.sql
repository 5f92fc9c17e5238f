-- Which checks find most, and on how many sites, on the newest day judged?
-- column check_id: check
-- column faults: reported faults
-- column sites: sites that have one
-- column most_on_a_site: most on one site
WITH newest AS (
    SELECT assessment_id FROM assessment_of_day WHERE edition = (SELECT edition FROM office_edition) ORDER BY as_of DESC LIMIT 1
), found AS (
    SELECT check_id, site_code, count(*) AS faults
    FROM finding
    SEMI JOIN newest USING (assessment_id)
    WHERE state IN (SELECT word FROM words.finding_state WHERE reported)
    GROUP BY check_id, site_code
)
SELECT check_id, sum(faults)::BIGINT AS faults, count(site_code) AS sites, max(faults) AS most_on_a_site
FROM found
GROUP BY check_id
ORDER BY faults DESC, check_id
