CREATE VIEW attachment_reading AS
SELECT run_id, site_code, target_url, fetched_at, state, problem, pictured, size_bytes, etag, last_modified, body_sha256, text_sha256
FROM raw.attachment_reading
QUALIFY row_number() OVER (
    PARTITION BY target_url ORDER BY state IN (SELECT word FROM words.file_state WHERE not_fetched), run_id DESC
) = 1;

COMMENT ON VIEW attachment_reading IS 'One row per attachment that was to be read: as it was fetched last; text_reading says by its text_sha256 what is wrong in it.';
