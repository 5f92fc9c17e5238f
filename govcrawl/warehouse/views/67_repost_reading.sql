CREATE VIEW repost_reading AS
SELECT r.as_of, p.run_id, p.sha256, p.marks
FROM raw.repost_reading AS p
JOIN raw.run AS r USING (run_id)
QUALIFY rank() OVER (PARTITION BY r.as_of ORDER BY r.started_at DESC, p.run_id DESC) = 1;

COMMENT ON VIEW repost_reading IS 'One row per inspected day and text that had copies enough on the pages of that day: where it differs from most of them.';
