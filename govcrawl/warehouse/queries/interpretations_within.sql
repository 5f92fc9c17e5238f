-- Entries of the sections of $class on $as_of that were published between $since and $until, and the form their title names.
SELECT e.site_code, e.url, min(e.title) AS title, min(e.published_on) AS published_on,
    CASE
        WHEN regexp_matches(min(e.title), '图解|一图|图说|图读|长图|漫画|漫说') THEN 'infographic'
        WHEN regexp_matches(min(e.title), '视频|音频|动画|动漫|短片|直播') THEN 'recording'
        WHEN regexp_matches(min(e.title), '发布会|吹风会') THEN 'press conference'
        WHEN regexp_matches(min(e.title), '专家|负责人|负责同志|局长|主任|答记者问|访谈') THEN 'by an expert'
        ELSE 'plain text'
    END AS form
FROM night_visit AS v
JOIN entry AS e USING (run_id, site_code)
JOIN night_section AS s
    ON s.as_of = $as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
WHERE v.as_of = $as_of AND v.of_lists AND s.class = $class AND e.published_on BETWEEN $since AND $until
GROUP BY e.site_code, e.url
ORDER BY e.site_code, e.url
