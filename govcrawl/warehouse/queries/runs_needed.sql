-- Every run, and whether something needs it: an issued document's assessment, a fault that is not mended, or a night that stays
-- ($oldest and younger) which stands on what was read, checked or first written down in it.
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
), stays AS (
    SELECT run_id FROM run WHERE as_of >= $oldest
    UNION
    SELECT run_id FROM needed
    UNION
    SELECT r.run_id
    FROM run AS r
    JOIN days USING (as_of)
    WHERE r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
), read_before AS (
    SELECT DISTINCT read_run_id AS run_id FROM derived.standing_page SEMI JOIN stays USING (run_id)
    UNION
    SELECT DISTINCT same_as_run FROM raw.page SEMI JOIN stays USING (run_id) WHERE same_as_run IS NOT NULL
    UNION
    SELECT DISTINCT check_run_id FROM derived.standing_check SEMI JOIN stays USING (run_id)
    UNION
    SELECT DISTINCT a.run_id
    FROM attachment_reading AS a
    SEMI JOIN (SELECT target_url FROM derived.link SEMI JOIN stays USING (run_id)) USING (target_url)
), shown AS (
    SELECT DISTINCT text_sha256 AS sha256
    FROM (SELECT run_id, text_sha256 FROM raw.page UNION ALL SELECT run_id, text_sha256 FROM raw.attachment_reading)
    SEMI JOIN (FROM stays UNION FROM read_before) USING (run_id)
), stood_on AS (
    SELECT run_id FROM read_before
    UNION
    SELECT arg_max(run_id, (first_seen_at, run_id)) FROM raw.page_text SEMI JOIN shown USING (sha256) GROUP BY sha256
)
SELECT r.run_id, r.as_of, r.purpose,
    coalesce(min(n.what), any_value(d.what), any_value(CASE WHEN s.run_id IS NOT NULL THEN 'a later night' END)) AS needed_by
FROM run AS r
LEFT JOIN needed AS n USING (run_id)
LEFT JOIN stood_on AS s USING (run_id)
LEFT JOIN days AS d ON d.as_of = r.as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
GROUP BY ALL
ORDER BY r.as_of, r.run_id
