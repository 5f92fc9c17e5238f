CREATE VIEW section_day AS
SELECT seen.site_code, s.name AS section_name, seen.section_url,
    coalesce(seen.published_on, article.published_on) AS published_on,
    count(*)::INTEGER AS entries
FROM derived.entry_seen AS seen
JOIN section AS s ON s.site_code = seen.site_code AND s.url = seen.section_url
LEFT JOIN derived.article_seen AS article ON article.site_code = seen.site_code AND article.url = seen.url
WHERE coalesce(seen.published_on, article.published_on) IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW section_day IS 'One row per registered section and civil day on which it published something, over all runs.';
COMMENT ON COLUMN section_day.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN section_day.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN section_day.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN section_day.published_on IS 'Civil day the entries carry in the list, else on their pages; a day to come where the site printed one';
COMMENT ON COLUMN section_day.entries IS 'Different entries of that day that the section ever listed';
