-- The newest examination of each page for each aspect within $days days before $as_of, a row a page and aspect; `barriers` are those of that
-- aspect. An examination that ran out of time looked at some aspects only: what was seen of the others before holds.
WITH examined AS (
    SELECT t.run_id, t.site_code, t.tried_at, r.as_of, unnest(t.pages) AS page
    FROM raw.barrier_trial AS t
    JOIN raw.run AS r USING (run_id)
    WHERE r.as_of <= $as_of AND r.as_of > $as_of::DATE - $days::INTEGER
        AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
), aspects AS (
    SELECT run_id, site_code, tried_at, as_of, page, unnest(page.aspects) AS aspect
    FROM examined
    WHERE page.outcome IN (SELECT word FROM words.outcome WHERE ok)
)
SELECT a.site_code, a.run_id, a.tried_at, a.as_of = $as_of AS today, a.page.url AS url, a.page.kind AS kind, a.aspect,
    list_filter(a.page.barriers, lambda b: b.aspect = a.aspect) AS barriers
FROM aspects AS a
SEMI JOIN night_site AS s ON s.as_of = $as_of AND s.site_code = a.site_code
QUALIFY row_number() OVER (PARTITION BY a.site_code, a.page.url, a.aspect ORDER BY a.tried_at DESC) = 1
ORDER BY a.site_code, url, a.aspect
