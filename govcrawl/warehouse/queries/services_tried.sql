-- What each site offers its readers as the surroundings run of $as_of saw it; null where it did not look.
-- `home_read`, `articles_read`: pages of these kinds that came; `settled`: of every page that came, the last look was by
-- the browser or needed none; `seen`: everything seen on any of them;
-- `doubts`: what may be a thing that was not seen.
SELECT s.site_code, s.kind, s.home_url, around.run_id, t.tried_at, t.search, t.search_url, t.search_method,
    t.looks[1].outcome AS home_outcome,
    len(list_filter(t.looks, lambda l: l.kind = 'home' AND list_contains(came.words, l.outcome)))::INTEGER AS home_read,
    len(list_filter(t.looks, lambda l: l.kind = 'article' AND list_contains(came.words, l.outcome)))::INTEGER AS articles_read,
    coalesce(len(list_filter(t.looks, lambda l: NOT list_contains(came.words, l.outcome))) = 0, false) AS settled,
    list_sort(list_distinct(flatten(list_transform(t.looks, lambda l: l.seen)))) AS seen,
    list_reduce(
        list_transform(t.looks, lambda l: coalesce(l.doubts, MAP {})), lambda a, b: map_concat(a, b),
        MAP {}::MAP(VARCHAR, VARCHAR)
    ) AS doubts,
    t.assistant, t.assistant_text, t.assistant_url, t.assistant_outcome, t.assistant_box
FROM night_site AS s
CROSS JOIN (SELECT list(word) AS words FROM words.outcome WHERE ok) AS came
LEFT JOIN night_surroundings AS around USING (as_of)
LEFT JOIN service_trial AS t ON t.run_id = around.run_id AND t.site_code = s.site_code
WHERE s.as_of = $as_of
ORDER BY s.site_code
