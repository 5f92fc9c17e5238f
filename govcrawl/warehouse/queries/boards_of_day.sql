-- The 政务咨询 sections of running sites on $as_of: whether the list opened, how many letters it shows, the newest day of an
-- answer (of an answered letter without such a day the day it came), letters of which the list does not say whether they are
-- answered. closed: the words by which the page itself says that it takes no letters any more ($closing, a pattern).
WITH listed AS (
    SELECT v.site_code, l.section_name, l.section_url, count(*)::INTEGER AS letters,
        max(coalesce(l.answered_on, l.received_on)) FILTER (WHERE l.answered) AS answered_on,
        (count(*) FILTER (WHERE l.answered IS NULL))::INTEGER AS unknown
    FROM night_visit AS v
    JOIN section_letter AS l USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_lists
    GROUP BY ALL
), page AS (
    SELECT a.site_code, a.url, any_value(nullif(regexp_extract(t.text, $closing), '')) AS closed
    FROM night.articles AS a
    JOIN raw.page_text AS t ON t.sha256 = a.text_sha256
    WHERE a.as_of = $as_of
    GROUP BY a.site_code, a.url
)
SELECT s.site_code, s.section_name, s.section_url, visited.run_id, visited.outcome, visited.complete, visited.fetched_at,
    coalesce(listed.letters, 0)::INTEGER AS letters, try_cast(listed.answered_on AS DATE) AS answered_on,
    coalesce(listed.unknown, 0)::INTEGER AS unknown, page.closed
FROM night_section AS s
LEFT JOIN (
    SELECT v.site_code, v.run_id, a.section_name, a.section_url, a.outcome, a.complete, a.fetched_at
    FROM night_visit AS v
    JOIN raw.section_visit AS a USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_lists
) AS visited USING (site_code, section_name, section_url)
LEFT JOIN listed USING (site_code, section_name, section_url)
LEFT JOIN page ON page.site_code = s.site_code AND page.url = s.section_url
WHERE s.as_of = $as_of AND s.class IN (SELECT word FROM words.section_class WHERE letters)
ORDER BY s.site_code, s.section_url, s.section_name
