-- Which documents of their superiors did an assessment meet as reposted, and which were late by what people let stand?
-- $assessment_id: the assessment. in_time: null where the printed times, or a person, leave it open. drawn: see judged_sites.
SELECT r.site_code, coalesce(s.name, r.site_code) AS name, coalesce(s.unit, '(未登记主办单位)') AS unit, r.title,
    r.url AS subject_url, r.printed, r.superior_printed, r.hours,
    CASE
        WHEN NOT r.late THEN true
        WHEN f.state IN (SELECT word FROM words.finding_state WHERE reported) THEN false
        WHEN f.state = (SELECT word FROM words.finding_state WHERE dismissed) THEN true
    END AS in_time,
    coalesce(judged.drawn, true) AS drawn
FROM repost AS r
JOIN derived.assessed_registry AS registry USING (assessment_id)
LEFT JOIN raw.site AS s ON s.registry_sha256 = registry.registry_sha256 AND s.site_code = r.site_code
LEFT JOIN finding AS f
    ON f.assessment_id = r.assessment_id AND f.site_code = r.site_code AND f.subject_url = r.url
    AND f.check_id = 'repost-late'
LEFT JOIN site_result AS judged ON judged.assessment_id = r.assessment_id AND judged.site_code = r.site_code
WHERE r.assessment_id = $assessment_id
ORDER BY r.site_code, r.url
