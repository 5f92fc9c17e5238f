-- Where the pages read on $as_of name an annual report of 政府信息公开: links (words of the link), list entries and titles that
-- match $report. of_year: the words name the year $year, in digits or as 二〇二五; other_year: they name another one only.
-- followed: of a link, its target was read that night, so that the report it leads to would be here with its own title.
WITH named AS (
    SELECT v.site_code, l.anchor_text AS words, l.target_url AS url, l.origin_url, read.url IS NOT NULL AS followed
    FROM night_visit AS v
    JOIN night.links AS l USING (run_id, site_code)
    LEFT JOIN night.addresses AS read ON read.as_of = v.as_of AND read.site_code = v.site_code AND read.url = l.target_url AND read.read
    WHERE v.as_of = $as_of AND v.of_pages AND regexp_matches(l.anchor_text, $report)
    UNION ALL
    SELECT site_code, title, url, section_url, true
    FROM night_entry
    WHERE as_of = $as_of AND regexp_matches(title, $report)
    UNION ALL
    SELECT site_code, title, url, url, true
    FROM night.articles
    WHERE as_of = $as_of AND regexp_matches(title, $report)
)
SELECT DISTINCT site_code, words, url, origin_url, followed,
    contains(words, $year) OR contains(words, $year_in_words) AS of_year,
    NOT (contains(words, $year) OR contains(words, $year_in_words)) AND regexp_matches(words, '20[0-9]{2}|二[〇○零][一二三][〇○零一二三四五六七八九]') AS other_year
FROM named
ORDER BY site_code, words, url, origin_url
