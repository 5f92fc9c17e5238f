-- What do the editions say of the same days?
-- column as_of: judged day
-- column edition: edition; one that is not the office's is a what-if
-- column qualified: sites
-- column unqualified: sites
-- column unmeasured: sites
-- column qualified_share: share of qualified among those with a verdict
SELECT a.as_of, a.edition,
    count(*) FILTER (WHERE r.verdict IN (SELECT word FROM words.verdict WHERE qualified)) AS qualified,
    count(*) FILTER (WHERE r.verdict IN (SELECT word FROM words.verdict WHERE unqualified)) AS unqualified,
    count(*) FILTER (WHERE r.verdict IN (SELECT word FROM words.verdict WHERE unmeasured)) AS unmeasured,
    round(count(*) FILTER (WHERE r.verdict IN (SELECT word FROM words.verdict WHERE qualified))
        / count(*) FILTER (WHERE r.verdict IN (SELECT word FROM words.verdict WHERE checked)), 3) AS qualified_share
FROM assessment_of_day AS a
JOIN site_result AS r USING (assessment_id)
GROUP BY a.as_of, a.edition
ORDER BY a.as_of, a.edition
