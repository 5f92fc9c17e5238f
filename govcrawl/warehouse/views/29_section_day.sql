CREATE VIEW derived.list_day AS
SELECT seen.site_code, seen.section_url, coalesce(seen.published_on, article.published_on) AS published_on,
    count(*)::INTEGER AS entries
FROM derived.entry_seen AS seen
LEFT JOIN derived.article_seen AS article ON article.site_code = seen.site_code AND article.url = seen.url
WHERE coalesce(seen.published_on, article.published_on) IS NOT NULL
GROUP BY ALL;

CREATE VIEW section_day AS
SELECT d.site_code, s.name AS section_name, d.section_url, d.published_on, d.entries
FROM derived.list_day AS d
JOIN section AS s ON s.site_code = d.site_code AND s.url = d.section_url;

COMMENT ON VIEW derived.list_day IS 'One row per address of a section and civil day: how many entries of that day it ever showed.';

COMMENT ON VIEW section_day IS 'One row per registered section and civil day on which it published something, over all runs.';
