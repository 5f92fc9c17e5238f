-- The pages of each site to be read on $as_of, the most pressing first; there is room for $most a site: entries of the last days and what
-- changed lately, which are corrected and tampered with most; then whose turn it is. Of those
-- beyond only the ones that nobody has read yet. What other code has read is read whole, as in its turn. (Pages of standing
-- faults: night/standing.py.)
WITH due AS (
    SELECT k.*, k.read_run_id IS NULL OR k.due_on <= $as_of AS turn,
        CASE WHEN k.published_on BETWEEN $as_of::DATE - $recent_days::INTEGER AND $as_of OR k.changed_on >= $as_of::DATE - $recent_days::INTEGER
            THEN 'recent' ELSE 'turn' END AS why
    FROM derived.known_page AS k
    WHERE k.met_on <= $as_of AND coalesce(k.read_on, k.met_on) < $as_of
)
SELECT d.site_code, d.url, d.depth, d.why, d.turn OR read_by.reader_sha256 IS DISTINCT FROM $reader_sha256 AS "full",
    r.etag, r.last_modified, r.body_sha256, d.read_run_id, r.published_at, r.date_origin, d.place > $most AS beyond
FROM (
    SELECT *, row_number() OVER (PARTITION BY site_code ORDER BY why <> 'recent', due_on, hash(url)) AS place
    FROM due
    WHERE turn OR why <> 'turn'
) AS d
LEFT JOIN (FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at)) AS r
    ON r.run_id = d.read_run_id AND r.site_code = d.site_code AND r.url = d.url
LEFT JOIN raw.run AS read_by ON read_by.run_id = d.read_run_id
WHERE d.place <= $most OR d.read_run_id IS NULL
ORDER BY d.site_code, d.place
