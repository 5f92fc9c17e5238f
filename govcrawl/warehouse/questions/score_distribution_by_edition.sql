-- How are the scores of sites spread, by edition, on the newest day it judged? Scores that are open count with their ceiling.
-- param width INTEGER = 10: points a band is wide
-- column edition: edition
-- column from_score: lower end of the band
-- column sites: sites in it
-- column settled: of these, with a score that nothing can move any more
WITH newest AS (
    SELECT edition, arg_max(assessment_id, as_of) AS assessment_id FROM assessment_of_day GROUP BY edition
)
SELECT n.edition, (floor(coalesce(r.score, r.score_ceiling) / $width) * $width)::INTEGER AS from_score, count(*) AS sites,
    count(r.score) AS settled
FROM newest AS n
JOIN site_result AS r USING (assessment_id)
WHERE coalesce(r.score, r.score_ceiling) IS NOT NULL
GROUP BY n.edition, from_score
ORDER BY n.edition, from_score
