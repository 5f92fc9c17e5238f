-- The newest examination of each page within $days days before $as_of, one row a page; `today`: whether it was on $as_of. A site without
-- any has one row of nulls. Pages that could not be examined are left out: what was seen of them before holds.
WITH examined AS (
    SELECT t.run_id, t.site_code, t.tried_at, r.as_of, unnest(t.pages) AS page
    FROM raw.barrier_trial AS t
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.as_of > $as_of::DATE - $days::INTEGER
        AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
), newest AS (
    SELECT *
    FROM examined
    WHERE page.outcome IN (SELECT word FROM words.outcome WHERE ok)
    QUALIFY row_number() OVER (PARTITION BY site_code, page.url ORDER BY tried_at DESC) = 1
)
SELECT s.site_code, s.home_url, n.run_id, n.tried_at, n.as_of = $as_of AS today, n.page.url AS url, n.page.kind AS kind,
    n.page.aspects AS aspects, n.page.barriers AS barriers, n.page.entry AS entry, n.page.entry_text AS entry_text
FROM night_site AS s
LEFT JOIN newest AS n USING (site_code)
WHERE s.as_of = $as_of
ORDER BY s.site_code, n.page.kind, n.page.url
