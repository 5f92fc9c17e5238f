-- The last nightly visit of each site before a day that came to its home page: what it saw is what is known when that night is planned.
CREATE OR REPLACE MACRO derived.last_visits(day) AS TABLE
SELECT v.site_code, max_by(r.run_id, (r.as_of, r.started_at)) AS run_id
FROM raw.site_visit AS v
JOIN raw.run AS r ON r.run_id = v.run_id AND r.as_of < day AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
WHERE v.home_outcome IN (SELECT word FROM words.outcome WHERE ok)
GROUP BY v.site_code;
