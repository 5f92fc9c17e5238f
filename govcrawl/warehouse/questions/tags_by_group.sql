-- Which official tags do pages carry, by the share of articles that have each?
-- column tag: name of the tag
-- column articles: different articles that carry it
-- column share: share of the articles read
WITH article AS (
    SELECT site_code, url, arg_max(map_keys(tags), (fetched_at, run_id)) AS names
    FROM page
    WHERE kind = 'article' AND read_state IN (SELECT word FROM words.read_state WHERE read)
    GROUP BY site_code, url
)
SELECT n.name AS tag, count(*) AS articles, round(count(*) / (SELECT count(*) FROM article), 3) AS share
FROM article
CROSS JOIN unnest(names) AS n(name)
GROUP BY tag
ORDER BY articles DESC, tag
