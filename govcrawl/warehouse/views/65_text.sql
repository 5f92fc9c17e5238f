CREATE VIEW text AS
SELECT sha256,
    arg_min(text, (first_seen_at, run_id)) AS text,
    min(first_seen_at) AS first_seen_at,
    arg_min(site_code, (first_seen_at, run_id)) AS site_code,
    arg_min(url, (first_seen_at, run_id)) AS url,
    arg_min(run_id, (first_seen_at, run_id)) AS run_id,
    min(published_on) AS published_on
FROM raw.page_text
GROUP BY sha256;

COMMENT ON VIEW text IS 'One row per text: the main text of pages by its hash, which page.text_sha256 names; numbers of persons are masked.';
