-- Every examination of a page for barriers within $days days before $as_of, a row a page and examination, of each page the newest first;
-- `today`: whether it was on $as_of. Pages that could not be examined are left out: what was seen of them before holds.
WITH examined AS (
    SELECT t.run_id, t.site_code, t.tried_at, r.as_of, unnest(t.pages) AS page
    FROM raw.barrier_trial AS t
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.as_of > $as_of::DATE - $days::INTEGER
        AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
)
SELECT e.site_code, e.run_id, e.tried_at, e.as_of = $as_of AS today, e.page.url AS url, e.page.kind AS kind,
    e.page.aspects AS aspects, e.page.barriers AS barriers, e.page.entry AS entry, e.page.entry_text AS entry_text
FROM examined AS e
SEMI JOIN night_site AS s ON s.as_of = $as_of AND s.site_code = e.site_code
WHERE e.page.outcome IN (SELECT word FROM words.outcome WHERE ok)
ORDER BY e.site_code, kind, url, e.tried_at DESC
