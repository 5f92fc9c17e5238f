-- The lists of one run that are as they were earlier in its month: kept there, and only named here.
UPDATE raw.section_visit AS later
SET entries = [], same_as_run = earlier.run_id
FROM (
    SELECT v.rowid AS place, min(before.run_id) AS run_id
    FROM raw.section_visit AS v
    JOIN raw.run AS r ON r.run_id = v.run_id
    JOIN raw.run AS b ON date_trunc('month', b.as_of) = date_trunc('month', r.as_of) AND b.run_id <> r.run_id
    JOIN raw.section_visit AS before
        ON before.run_id = b.run_id AND before.site_code = v.site_code AND before.section_name = v.section_name
        AND before.section_url = v.section_url AND before.entries = v.entries
    WHERE v.run_id = $run_id AND len(v.entries) > 0
    GROUP BY v.rowid
) AS earlier
WHERE later.rowid = earlier.place;
