CREATE VIEW feed_visit AS
SELECT run_id, account_id, feed_url, fetched_at, outcome, status, posts, dated, last_post_on,
    last_post_title
FROM raw.feed_visit;

COMMENT ON VIEW feed_visit IS 'One row per account that names a feed and surroundings run.';
COMMENT ON COLUMN feed_visit.run_id IS 'Run that fetched it, e.g. 20261122T024000Z-surroundings';
COMMENT ON COLUMN feed_visit.account_id IS 'Account by its identifier (账号标识), e.g. wx-1';
COMMENT ON COLUMN feed_visit.feed_url IS 'Address of the feed in the registry (订阅地址)';
COMMENT ON COLUMN feed_visit.fetched_at IS 'Instant (UTC) the request began';
COMMENT ON COLUMN feed_visit.outcome IS 'Outcome word, e.g. ok or timeout; other where what came is no feed';
COMMENT ON COLUMN feed_visit.status IS 'HTTP status, null when no answer came';
COMMENT ON COLUMN feed_visit.posts IS 'Posts the feed lists';
COMMENT ON COLUMN feed_visit.dated IS 'Posts that carry a day';
COMMENT ON COLUMN feed_visit.last_post_on IS 'Civil day of the newest post, days after the inspection left out';
COMMENT ON COLUMN feed_visit.last_post_title IS 'Title of that post';
