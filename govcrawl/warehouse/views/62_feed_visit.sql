CREATE VIEW feed_visit AS
SELECT run_id, account_id, feed_url, fetched_at, outcome, status, posts, dated, last_post_on,
    last_post_title, post_days
FROM raw.feed_visit;

COMMENT ON VIEW feed_visit IS 'One row per account that names a feed and surroundings run.';
