-- derived.turn of one run: a site of which nothing came is no turn, and leaves all spells as they are.
INSERT INTO derived.turn (run_id, site_code, month, turn_no)
SELECT r.run_id, came.site_code, date_trunc('month', r.as_of)::DATE, 1 + coalesce(max(t.turn_no), 0)
FROM raw.run AS r
JOIN (
    SELECT run_id, site_code FROM raw.page WHERE run_id = $run_id AND (status IS NOT NULL OR len(new_links) > 0 OR len(link_nos) > 0)
    UNION
    SELECT run_id, site_code FROM raw.site_visit
    WHERE run_id = $run_id AND home_outcome IN (SELECT word FROM words.outcome WHERE ok)
    UNION
    SELECT run_id, '' FROM raw.run WHERE run_id = $run_id AND kind IN (SELECT word FROM words.run_kind WHERE links)
) AS came USING (run_id)
LEFT JOIN derived.turn AS t ON t.site_code = came.site_code AND t.month = date_trunc('month', r.as_of)::DATE
GROUP BY ALL
ORDER BY came.site_code;
