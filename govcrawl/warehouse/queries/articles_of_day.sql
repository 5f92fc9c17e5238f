-- Entries that sections of $classes list on $as_of and whose page was read as an article: what it says of its origin.
-- own: its last lines are signed with the unit that answers for the site, or with the site's name, or it bears a document
-- number: the office wrote it itself. characters: of its main text; null where the text is not kept. undated_text: a hash of
-- it without days, clocks and blanks, which differ where an article is put in twice.
SELECT e.site_code, e.section_name, e.section_url, s.class, e.url, min_by(e.title, e.line_no) AS title,
    coalesce(min(e.published_on), any_value(try_cast(a.published_at AS DATE))) AS published_on,
    any_value(a.source) AS source,
    bool_or(coalesce(a.doc_number IS NOT NULL OR contains(right(t.text, 80), site.unit) OR contains(right(t.text, 80), site.name), false)) AS own,
    any_value(length(t.text))::INTEGER AS characters, any_value(derived.undated_text(t.text)) AS undated_text,
    any_value(a.doubts) AS doubts, any_value(a.run_id) AS run_id, any_value(a.fetched_at) AS fetched_at,
    any_value(a.body_sha256) AS body_sha256
FROM night_entry AS e
JOIN night_section AS s
    ON s.as_of = e.as_of AND s.site_code = e.site_code AND s.section_url = e.section_url
    AND s.section_name = e.section_name
JOIN night_site AS site ON site.as_of = e.as_of AND site.site_code = e.site_code
JOIN night.articles AS a ON a.as_of = e.as_of AND a.site_code = e.site_code AND a.url = e.url AND a.kind = 'article'
LEFT JOIN (SELECT sha256, any_value(text) AS text FROM raw.page_text GROUP BY sha256) AS t ON t.sha256 = a.text_sha256
WHERE e.as_of = $as_of AND s.class IN $classes
GROUP BY e.site_code, e.section_name, e.section_url, s.class, e.url
ORDER BY e.site_code, e.section_url, e.section_name, e.url
