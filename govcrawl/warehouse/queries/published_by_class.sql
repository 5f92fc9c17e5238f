-- What each site's sections published from $since to $until, by class of section, as the
-- registry of $assessment_id has them. `whole`: every list of the class was
-- seen back to the beginning of that time or further, else there may have been more.
SELECT s.site_code, s.class, count(*)::INTEGER AS sections,
    coalesce(sum(d.entries), 0)::INTEGER AS entries,
    coalesce(bool_and(d.known_from <= $since), false) AS whole
FROM raw.section AS s
JOIN derived.assessed_registry AS r ON r.registry_sha256 = s.registry_sha256 AND r.assessment_id = $assessment_id
LEFT JOIN (
    SELECT site_code, section_url, min(published_on) AS known_from,
        sum(entries) FILTER (WHERE published_on >= $since) AS entries
    FROM derived.list_day
    WHERE published_on <= $until
    GROUP BY site_code, section_url
) AS d ON d.site_code = s.site_code AND d.section_url = s.url
GROUP BY s.site_code, s.class
ORDER BY s.site_code, s.class
