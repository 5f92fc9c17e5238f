-- The pages with a text that one visit read, or knew as they were read last.
SELECT run_id, site_code, url, fetched_at, text_sha256, title, kind, try_cast(published_at AS DATE) AS published_on
FROM derived.visited_page
WHERE run_id = $run_id AND outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND read_state IN (SELECT word FROM words.read_state WHERE read) AND text_sha256 IS NOT NULL
