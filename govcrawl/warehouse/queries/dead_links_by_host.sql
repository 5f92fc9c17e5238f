-- Which hosts hold the most confirmed dead targets of one visit, and on how many sites they are linked.
SELECT regexp_extract(target_url, '^[a-z]+://([^/?#]+)', 1) AS host, outcome,
    count(DISTINCT target_url) AS targets, count(DISTINCT site_code) AS sites
FROM link
WHERE run_id = $run_id AND confirmed
GROUP BY ALL
ORDER BY targets DESC, host, outcome
