CREATE VIEW planted AS
SELECT run_id, site_code, url, fetched_at, body_sha256, p.kind, p.way, p.place, p."position", p.excerpt, p.anchors, p.words, p.doubt
FROM (
    SELECT run_id, site_code, url, fetched_at, body_sha256, unnest(planted) AS p
    FROM derived.visited_page
    WHERE len(planted) > 0
);

COMMENT ON VIEW planted IS 'One row per thing on a page that looks as if strangers had put it there: blocks of hidden links, spam, scripts of two faces. What people are told of it stands in finding.';
