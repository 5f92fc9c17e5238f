-- What do links die of?
-- column outcome: outcome word on the first night it was confirmed dead
-- column deaths: times
-- column mended: of these, mended since
-- column median_days_to_mend: median days until then
SELECT outcome, count(*) AS deaths, count(mended_on) AS mended, median(days_dead) FILTER (WHERE mended_on IS NOT NULL) AS median_days_to_mend
FROM link_life
GROUP BY outcome
ORDER BY deaths DESC, outcome
