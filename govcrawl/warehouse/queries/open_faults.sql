-- The faults somebody still has to mend, as one assessment and the re-checks since leave them, with the pages that carry
-- a link (at most five, and whether these are all). $with_mended: also those that a re-check since then has called mended.
WITH fault AS MATERIALIZED (
    SELECT l.finding_key, l.site_code, l.check_id, l.subject_url AS target_url, l.state, f.origin_url, f.run_id
    FROM ledger AS l
    LEFT JOIN (
        SELECT finding_key, max_by(origin_url, a.as_of) AS origin_url, max_by(run_id, a.as_of) AS run_id
        FROM finding
        JOIN assessment AS a USING (assessment_id)
        GROUP BY finding_key
    ) AS f USING (finding_key)
    LEFT JOIN ledger_history AS h ON h.assessment_id = l.assessment_id AND h.finding_key = l.finding_key
    WHERE l.assessment_id = $assessment_id
        AND (l.state IN (SELECT word FROM words.ledger_state WHERE standing) OR ($with_mended AND h.state IN (SELECT word FROM words.ledger_state WHERE standing)))
)
SELECT finding_key, site_code, check_id, target_url AS subject_url, state, origin_url,
    k.first_origins AS carriers, k.origins <= len(k.first_origins) AS carriers_whole
FROM fault
LEFT JOIN derived.links_of('fault') AS k USING (run_id, site_code, target_url)
ORDER BY site_code, check_id, subject_url, finding_key
