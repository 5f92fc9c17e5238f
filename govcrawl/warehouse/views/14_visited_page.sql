-- What a run asked for, a row a page: its last try. A macro, for of a common table expression DuckDB reads all runs.
-- Pages from before there was a read state count as read, if they came.
CREATE OR REPLACE MACRO derived.last_tries() AS TABLE
SELECT * REPLACE (
        CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok)
            THEN coalesce(read_state, (SELECT word FROM words.read_state WHERE read)) ELSE read_state END AS read_state)
FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at);

CREATE VIEW derived.visited_page AS
SELECT *, false AS standing
FROM derived.last_tries()
WHERE same_as_run IS NULL
UNION ALL
-- Asked for, and the same as before: what it says was read then, that it still says so was seen tonight.
SELECT r.* REPLACE (
        p.run_id AS run_id, p.status AS status, p.fetched_at AS fetched_at, p.elapsed_s AS elapsed_s, p.same_as_run AS same_as_run,
        p.etag AS etag, p.last_modified AS last_modified, p.size_bytes AS size_bytes,
        p.answer_headers AS answer_headers),
    false
FROM derived.last_tries() AS p
JOIN derived.last_tries() AS r ON r.run_id = p.same_as_run AND r.site_code = p.site_code AND r.url = p.url
WHERE p.same_as_run IS NOT NULL
UNION ALL
SELECT r.* REPLACE (s.run_id AS run_id), true
FROM derived.standing_page AS s
JOIN derived.last_tries() AS r ON r.run_id = s.read_run_id AND r.site_code = s.site_code AND r.url = s.url;

COMMENT ON VIEW derived.visited_page IS 'One row per page and run, with its lists: the last try, or for a page that was not due its last reading before. The views page, home_entry and home_activity stand on it.';
