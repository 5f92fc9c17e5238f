-- Which kinds of files do sites offer, and how many of them are dead, on the newest night?
-- column ending: ending of the file's name in small letters
-- column targets: different files
-- column answered: of these, opened or confirmed dead
-- column dead: of these, confirmed dead
WITH newest AS (
    SELECT run_id, site_code FROM night_visit WHERE of_pages AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT nullif(regexp_extract(lower(target_url), '\.([a-z0-9]{1,5})(?:[?#]|$)', 1), '') AS ending, count(DISTINCT target_url) AS targets,
    count(DISTINCT target_url) FILTER (WHERE confirmed OR outcome IN (SELECT word FROM words.outcome WHERE opened)) AS answered,
    count(DISTINCT target_url) FILTER (WHERE confirmed) AS dead
FROM link
SEMI JOIN newest USING (run_id, site_code)
WHERE kind IN (SELECT word FROM words.link_kind WHERE attachment)
GROUP BY ending
ORDER BY targets DESC, ending
