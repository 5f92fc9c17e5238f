-- Every run, and whether something that stands needs it: an issued document's assessment, or a fault that is not mended.
WITH cited AS (
    SELECT DISTINCT unnest(a.runs) AS run_id
    FROM assessment AS a
    JOIN issued_document USING (assessment_id)
    UNION
    SELECT DISTINCT f.run_id
    FROM finding AS f
    JOIN issued_document USING (assessment_id)
), standing AS (
    SELECT DISTINCT f.run_id
    FROM ledger AS l
    JOIN finding AS f USING (assessment_id, finding_key)
    WHERE l.state NOT IN (SELECT word FROM words.ledger_state WHERE fixed)
), needed AS (
    SELECT run_id, 'an issued document' AS what FROM cited WHERE run_id IS NOT NULL
    UNION ALL
    SELECT run_id, 'a standing fault' FROM standing WHERE run_id IS NOT NULL
), days AS (
    SELECT r.as_of, min(n.what) AS what
    FROM needed AS n
    JOIN run AS r USING (run_id)
    WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
    GROUP BY r.as_of
)
SELECT r.run_id, r.as_of, r.purpose, coalesce(min(n.what), any_value(d.what)) AS needed_by
FROM run AS r
LEFT JOIN needed AS n USING (run_id)
LEFT JOIN days AS d ON d.as_of = r.as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
GROUP BY ALL
ORDER BY r.as_of, r.run_id
