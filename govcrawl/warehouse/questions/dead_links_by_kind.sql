-- Of the links checked on the newest night, how many of each kind are dead, inside the site and out of it?
-- column kind: page, attachment, image …
-- column internal: whether the target lies on the site itself
-- column answered: targets that opened or are confirmed dead; what could not be measured is not in it
-- column dead: of these, confirmed dead
-- column dead_share: share
WITH newest AS (
    SELECT run_id, site_code FROM night_visit WHERE of_pages AND as_of = (SELECT max(as_of) FROM night_visit)
)
SELECT l.kind, l.internal, count(*) AS answered, count(*) FILTER (WHERE l.confirmed) AS dead,
    round(count(*) FILTER (WHERE l.confirmed) / count(*), 4) AS dead_share
FROM link AS l
SEMI JOIN newest USING (run_id, site_code)
WHERE l.confirmed OR l.outcome IN (SELECT word FROM words.outcome WHERE opened)
GROUP BY l.kind, l.internal
ORDER BY l.kind, l.internal
