-- What is wrong in texts, and by which way was it found?
-- column check_id: check
-- column way: names, lists, crawl or reposts
-- column texts: different texts that have it
-- column places: places in them
-- column certain_share: share of forms that need no person to confirm
SELECT m.mark.check_id AS check_id, m.mark.way AS way, count(DISTINCT sha256) AS texts, sum(m.mark."count")::BIGINT AS places,
    round(avg(m.mark.certain::INTEGER), 3) AS certain_share
FROM text_reading
CROSS JOIN unnest(marks) AS m(mark)
GROUP BY ALL
ORDER BY texts DESC, check_id, way
