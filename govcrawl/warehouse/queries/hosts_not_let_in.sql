-- Hosts that turned us away on $as_of, with the number of pages and link targets, the site that met most of them.
WITH met AS (
    SELECT regexp_extract(p.url, '^[a-z]+://([^/?#]+)', 1) AS host, p.outcome, p.site_code, p.url
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND p.outcome IN (SELECT word FROM words.outcome WHERE refusals)
    UNION
    SELECT regexp_extract(t.target_url, '^[a-z]+://([^/?#]+)', 1), t.outcome, l.site_code, t.target_url
    FROM (
        SELECT r.run_id, c.target_url, c.outcome
        FROM derived.checking_run AS r
        JOIN raw.link_check AS c ON c.run_id = r.links_run_id
        WHERE c.outcome IN (SELECT word FROM words.outcome WHERE refusals)
    ) AS t
    JOIN derived.link AS l USING (run_id, target_url)
    JOIN night_visit AS v ON v.run_id = l.run_id AND v.site_code = l.site_code
    WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NULL
)
SELECT host, outcome, count(DISTINCT url)::INTEGER AS addresses, count(DISTINCT site_code)::INTEGER AS sites,
    mode(site_code ORDER BY site_code) AS site_code
FROM met
GROUP BY host, outcome
ORDER BY addresses DESC, host, outcome
LIMIT $at_most
