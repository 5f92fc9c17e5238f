-- What the home pages of one visit answered, as far as they opened: where they led, and their footers.
SELECT run_id, site_code, max_by(final_url, fetched_at) AS final_url, max_by(footer, fetched_at) AS footer
FROM derived.visited_page
WHERE run_id = $run_id AND depth = 0 AND outcome IN (SELECT word FROM words.outcome WHERE ok)
GROUP BY run_id, site_code
