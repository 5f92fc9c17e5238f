-- Hosts that turned us away on $as_of, with the number of pages and link targets, the site that met most of them.
WITH met AS (
    SELECT regexp_extract(p.url, '^[a-z]+://([^/?#]+)', 1) AS host, p.outcome, p.site_code, p.url
    FROM night_visit AS v
    JOIN page AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND p.outcome IN (SELECT word FROM words.outcome WHERE refusals)
    UNION
    SELECT regexp_extract(l.target_url, '^[a-z]+://([^/?#]+)', 1), l.outcome, l.site_code, l.target_url
    FROM night_visit AS v
    JOIN link AS l USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NULL 
        AND l.outcome IN (SELECT word FROM words.outcome WHERE refusals)
)
SELECT host, outcome, count(DISTINCT url)::INTEGER AS addresses, count(DISTINCT site_code)::INTEGER AS sites,
    mode(site_code ORDER BY site_code) AS site_code
FROM met
GROUP BY host, outcome
ORDER BY addresses DESC, host, outcome
LIMIT $at_most
