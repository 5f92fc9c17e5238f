CREATE VIEW derived.visited_page AS
SELECT *
FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at);

COMMENT ON VIEW derived.visited_page IS 'One row per page and run: the last try, with its lists. The views page, home_entry and home_activity stand on it.';
