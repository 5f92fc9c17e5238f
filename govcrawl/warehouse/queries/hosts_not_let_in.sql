-- Hosts that turned us away on $as_of, with the number of pages and link targets, the site that met most of them.
WITH met AS (
    SELECT DISTINCT regexp_extract(r.url, '^[a-z]+://([^/?#]+)', 1) AS host, r.outcome, r.site_code, r.url
    FROM night_visit AS v
    JOIN night.refusals AS r USING (run_id, site_code)
    WHERE v.as_of = $as_of
)
SELECT host, outcome, count(DISTINCT url)::INTEGER AS addresses, count(DISTINCT site_code)::INTEGER AS sites,
    mode(site_code ORDER BY site_code) AS site_code
FROM met
GROUP BY host, outcome
ORDER BY addresses DESC, host, outcome
LIMIT $at_most
