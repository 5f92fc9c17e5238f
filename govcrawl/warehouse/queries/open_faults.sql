-- The faults somebody still has to mend, as one assessment and the re-checks since leave them, with the pages that carry
-- a link (at most five, and whether these are all). $with_mended: also those that a re-check since then has called mended.
SELECT l.finding_key, l.site_code, l.check_id, l.subject_url, l.state, f.origin_url,
    k.first_origins AS carriers, k.origins <= len(k.first_origins) AS carriers_whole
FROM ledger AS l
LEFT JOIN (
    SELECT finding_key, max_by(origin_url, a.as_of) AS origin_url, max_by(run_id, a.as_of) AS run_id
    FROM finding
    JOIN assessment AS a USING (assessment_id)
    GROUP BY finding_key
) AS f USING (finding_key)
LEFT JOIN ledger_history AS h ON h.assessment_id = l.assessment_id AND h.finding_key = l.finding_key
LEFT JOIN link AS k ON k.run_id = f.run_id AND k.site_code = l.site_code AND k.target_url = l.subject_url
WHERE l.assessment_id = $assessment_id
    AND (l.state IN (SELECT word FROM words.ledger_state WHERE standing) OR ($with_mended AND h.state IN (SELECT word FROM words.ledger_state WHERE standing)))
ORDER BY l.site_code, l.check_id, l.subject_url, l.finding_key
