CREATE VIEW text_reading AS
SELECT run_id, sha256, read_by, characters, state, marks
FROM raw.text_reading
QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY run_id DESC) = 1;

COMMENT ON VIEW text_reading IS 'One row per text that was read for what is wrong in it: the newest reading.';
