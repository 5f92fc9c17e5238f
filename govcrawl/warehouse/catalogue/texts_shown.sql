-- The texts of the articles of $as_of, each once.
SELECT t.sha256, arg_min(t.text, t.first_seen_at) AS text
FROM raw.page_text AS t
SEMI JOIN (
    SELECT p.text_sha256 AS sha256
    FROM page AS p
    JOIN night_visit AS v USING (run_id, site_code)
    WHERE v.as_of = $as_of AND coalesce(p.kind, 'other') NOT IN ('home', 'section')
) USING (sha256)
GROUP BY t.sha256
ORDER BY t.sha256
