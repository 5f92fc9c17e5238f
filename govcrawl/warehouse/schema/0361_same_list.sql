-- A list that is as it was earlier in the month is kept once: later runs name the run whose list it is.
ALTER TABLE raw.section_visit ADD COLUMN same_as_run VARCHAR;

UPDATE raw.section_visit AS later
SET entries = [], same_as_run = first.run_id
FROM (
    SELECT v.rowid AS place, v.run_id AS own_run_id,
        first_value(v.run_id) OVER (
            PARTITION BY date_trunc('month', r.as_of), v.site_code, v.section_name, v.section_url, v.entries ORDER BY v.run_id) AS run_id
    FROM raw.section_visit AS v
    JOIN raw.run AS r USING (run_id)
    WHERE len(v.entries) > 0
) AS first
WHERE later.rowid = first.place AND first.run_id <> first.own_run_id;
