-- Where is the day of a page seen: in its official tag, behind a label, in its address …?
-- column kind: kind of page
-- column date_origin: where; null where no day was seen
-- column pages: different pages
SELECT kind, date_origin, count(DISTINCT (site_code, url)) AS pages
FROM page
WHERE read_state IN (SELECT word FROM words.read_state WHERE read)
GROUP BY kind, date_origin
ORDER BY kind, pages DESC, date_origin
