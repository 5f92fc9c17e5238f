-- The new-media accounts an assessment of $as_of judges, with what the feed of each showed that day.
SELECT a.account_id, a.platform, a.name, a.unit, a.url, a.feed_url, a.kind, a.level, a.filing_number, a.complaint_url, a.last_post_on AS imported_on,
    coalesce(f.run_id, r.run_id) AS run_id, f.outcome, f.posts, f.dated, f.last_post_on AS fed_on, f.last_post_title, f.fetched_at
FROM night_account AS a
JOIN derived.night_registry AS r USING (as_of)
LEFT JOIN night_surroundings AS around USING (as_of)
LEFT JOIN feed_visit AS f ON f.run_id = around.run_id AND f.account_id = a.account_id
WHERE a.as_of = $as_of
ORDER BY a.account_id
