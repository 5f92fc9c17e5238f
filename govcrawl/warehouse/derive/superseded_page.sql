-- derived.superseded_page of one run: a page that failed is tried again, and its last answer is the one that counts.
INSERT INTO derived.superseded_page
SELECT run_id, site_code, url, fetched_at
FROM raw.page
WHERE run_id = $run_id
QUALIFY fetched_at < max(fetched_at) OVER (PARTITION BY site_code, url);
