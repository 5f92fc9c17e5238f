CREATE VIEW published_month AS
WITH seen AS (
    SELECT site_code, strftime(published_on, '%Y-%m') AS month, url, title, min(published_on) AS published_on
    FROM derived.entry_seen
    WHERE published_on IS NOT NULL
    GROUP BY site_code, month, url, title
), watched AS (
    SELECT site_code, min(as_of) AS since, max(as_of) AS until
    FROM raw.site_visit
    JOIN raw.run USING (run_id)
    WHERE kind IN (SELECT word FROM words.run_kind WHERE reads_lists) AND raw.site_visit.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    GROUP BY site_code
)
SELECT s.site_code, s.month, count(*)::INTEGER AS entries,
    w.since <= strptime(s.month, '%Y-%m')::DATE AND w.until > last_day(strptime(s.month, '%Y-%m')::DATE) AS complete
FROM seen AS s
JOIN watched AS w USING (site_code)
WHERE s.published_on <= w.until
GROUP BY s.site_code, s.month, w.since, w.until;

COMMENT ON VIEW published_month IS 'One row per site and month: how many entries its sections ever showed with a day of that month, each once.';
