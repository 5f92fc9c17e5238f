-- The 我为政府网站找错 tickets of running sites as the registry of $as_of has them, with the civil days of Asia/Shanghai.
SELECT site_code, id, (received_at + INTERVAL 8 HOUR)::DATE AS received_on,
    CASE WHEN (answered_at + INTERVAL 8 HOUR)::DATE <= $as_of THEN (answered_at + INTERVAL 8 HOUR)::DATE END AS answered_on,
    run_id
FROM night_ticket
WHERE as_of = $as_of AND received_at IS NOT NULL
ORDER BY site_code, id
