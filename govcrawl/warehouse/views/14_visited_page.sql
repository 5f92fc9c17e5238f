-- What a run asked for, a row a page: its last try. A macro, for of a common table expression DuckDB reads all runs.
-- Pages from before there was a read state count as read, if they came.
CREATE OR REPLACE MACRO derived.last_tries() AS TABLE
SELECT * REPLACE (
        derived.arrived(final_url, url) AS final_url,
        CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok)
            THEN coalesce(read_state, (SELECT word FROM words.read_state WHERE read)) ELSE read_state END AS read_state)
FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at);

CREATE VIEW derived.visited_page AS
SELECT *, false AS standing
FROM derived.last_tries()
WHERE same_as_run IS NULL
UNION ALL
-- Asked for, and the same as before: what it says was read then, that it still says so was seen tonight. Or not due: it stands as it
-- was read last. Of both at once, for the readings of earlier nights lie among all others.
SELECT r.* REPLACE (
        k.run_id AS run_id,
        CASE WHEN k.standing THEN r.status ELSE k.status END AS status,
        CASE WHEN k.standing THEN r.fetched_at ELSE k.fetched_at END AS fetched_at,
        CASE WHEN k.standing THEN r.elapsed_s ELSE k.elapsed_s END AS elapsed_s,
        CASE WHEN k.standing THEN r.same_as_run ELSE k.read_run_id END AS same_as_run,
        CASE WHEN k.standing THEN r.etag ELSE k.etag END AS etag,
        CASE WHEN k.standing THEN r.last_modified ELSE k.last_modified END AS last_modified,
        CASE WHEN k.standing THEN r.size_bytes ELSE k.size_bytes END AS size_bytes,
        CASE WHEN k.standing THEN r.answer_headers ELSE k.answer_headers END AS answer_headers),
    k.standing
FROM (
    SELECT run_id, site_code, url, same_as_run AS read_run_id, status, fetched_at, elapsed_s, etag, last_modified, size_bytes,
        answer_headers, false AS standing
    FROM derived.last_tries()
    WHERE same_as_run IS NOT NULL
    UNION ALL BY NAME
    SELECT run_id, site_code, url, read_run_id, true AS standing
    FROM derived.standing_page
) AS k
JOIN derived.last_tries() AS r ON r.run_id = k.read_run_id AND r.site_code = k.site_code AND r.url = k.url;

COMMENT ON VIEW derived.visited_page IS 'One row per page and run, with its lists: the last try, or for a page that was not due its last reading before. The views page, home_entry and home_activity stand on it.';
