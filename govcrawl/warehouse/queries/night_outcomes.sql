-- What the night of $as_of met, by outcome word: home pages, sections, pages, link targets that were asked for.
SELECT 'home pages' AS things, home_outcome AS outcome, count(*)::INTEGER AS number
FROM night_visit
WHERE as_of = $as_of AND of_pages
GROUP BY ALL
UNION ALL
SELECT 'sections', s.outcome, count(*)::INTEGER
FROM raw.section_visit AS s
JOIN night_visit AS v USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_lists
GROUP BY ALL
UNION ALL
SELECT 'pages', p.outcome, sum(p.pages)::INTEGER
FROM night.asked_pages AS p
JOIN night_visit AS v USING (run_id, site_code)
WHERE v.as_of = $as_of AND v.of_pages
GROUP BY ALL
UNION ALL
SELECT 'link targets', outcome, count(*)::INTEGER
FROM raw.link_check
WHERE run_id IN (
    SELECT c.links_run_id FROM derived.checking_run AS c JOIN night_visit AS v USING (run_id) WHERE v.as_of = $as_of AND v.of_pages
)
GROUP BY ALL
ORDER BY things, outcome
