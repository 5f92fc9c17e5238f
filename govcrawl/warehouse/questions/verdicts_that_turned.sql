-- Which sites got another verdict from one judged day to the next?
-- column site_code: site
-- column name: its name
-- column as_of: the later day
-- column before: verdict of the day before
-- column verdict: verdict
SELECT site_code, s.name, as_of, before, verdict
FROM (
    SELECT r.site_code, a.as_of, r.verdict, lag(r.verdict) OVER (PARTITION BY r.site_code ORDER BY a.as_of) AS before
    FROM assessment_of_day AS a
    JOIN site_result AS r USING (assessment_id)
    WHERE a.edition = (SELECT edition FROM office_edition)
)
LEFT JOIN site AS s USING (site_code)
WHERE before <> verdict
ORDER BY as_of, site_code
