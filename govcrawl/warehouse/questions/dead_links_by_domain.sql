-- Which domains do dead links lead to, and how many of them are dead still?
-- column domain: registrable domain of the targets; null where there is none
-- column sites: sites that link there
-- column deaths: times a link to it was confirmed dead
-- column still_dead: of these, not mended
-- column median_days: median days they have been dead
SELECT domain, count(DISTINCT site_code) AS sites, count(*) AS deaths, count(*) FILTER (WHERE mended_on IS NULL) AS still_dead,
    median(days_dead) AS median_days
FROM link_life
GROUP BY domain
ORDER BY deaths DESC, domain
