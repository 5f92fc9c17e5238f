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
COMMENT ON COLUMN derived.list_day.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN derived.list_day.section_url IS 'Address of the section, its first list page';
COMMENT ON COLUMN derived.list_day.published_on IS 'Civil day the entries are dated, e.g. 2026-11-20';
COMMENT ON COLUMN derived.list_day.entries IS 'Entries of that day met so far';

COMMENT ON VIEW section_day IS 'One row per registered section and civil day on which it published something, over all runs.';
COMMENT ON COLUMN section_day.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN section_day.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN section_day.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_day.published_on IS 'Civil day the entries carry in the list, else on their pages; a day to come where the site printed one';
COMMENT ON COLUMN section_day.entries IS 'Different entries of that day that the section ever listed';
