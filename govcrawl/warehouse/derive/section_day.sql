-- derived.section_day after one sections run: new days are added, and a day of which more entries are seen is raised.
CREATE OR REPLACE TEMP TABLE listed_days AS
SELECT listed.site_code, section_name, section_url,
    coalesce(entry.published_on, try_cast(p.published_at AS DATE)) AS published_on,
    count(DISTINCT (entry.url, entry.title))::INTEGER AS entries
FROM (
    SELECT run_id, site_code, section_name, section_url, unnest(entries) AS entry
    FROM raw.section_visit WHERE run_id = $run_id
) AS listed
JOIN raw.run AS r USING (run_id)
LEFT JOIN (SELECT * FROM raw.page WHERE run_id = $run_id) AS p
    ON p.site_code = listed.site_code AND p.url = entry.url AND p.outcome = 'ok' AND p.date_origin IS DISTINCT FROM 'url'
WHERE coalesce(entry.published_on, try_cast(p.published_at AS DATE)) <= r.as_of
GROUP BY ALL;

UPDATE derived.section_day AS known
SET entries = listed_days.entries
FROM listed_days
WHERE known.site_code = listed_days.site_code AND known.section_url = listed_days.section_url
    AND known.section_name = listed_days.section_name AND known.published_on = listed_days.published_on
    AND known.entries < listed_days.entries;

INSERT INTO derived.section_day
SELECT site_code, section_name, section_url, published_on, entries
FROM listed_days ANTI JOIN derived.section_day USING (site_code, section_name, section_url, published_on);
