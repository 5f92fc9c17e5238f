-- On which days of the week do sites publish?
-- param since DATE = 2020-01-01: first day counted
-- column weekday: 1 Monday to 7 Sunday
-- column entries: different entries
-- column share: share of all
SELECT isodow(published_on) AS weekday, sum(entries)::BIGINT AS entries, round(sum(entries) / sum(sum(entries)) OVER (), 3) AS share
FROM section_day
WHERE published_on >= $since::DATE
GROUP BY weekday
ORDER BY weekday
