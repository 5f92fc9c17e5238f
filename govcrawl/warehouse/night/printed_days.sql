-- The days that pages of one visit print as their own.
SELECT run_id, site_code, url, derived.printed_on(published_at, date_origin) AS published_on
FROM derived.visited_page
WHERE run_id = $run_id AND published_at IS NOT NULL
