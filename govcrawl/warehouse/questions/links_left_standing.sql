-- Which links were mended by taking them off the page, and which by bringing the target back?
-- column mended_by: opened, unlinked; null where they are dead still
-- column internal: whether the target lies on the site itself
-- column deaths: times
-- column median_days: median days they were dead
SELECT mended_by, internal, count(*) AS deaths, median(days_dead) AS median_days
FROM link_life
GROUP BY mended_by, internal
ORDER BY mended_by NULLS LAST, internal
