-- What a section published on which day, remembered over all runs: a list shows its last pages only, a year's calendar needs more.
CREATE TABLE derived.section_day (
    site_code VARCHAR NOT NULL,
    section_name VARCHAR NOT NULL,
    section_url VARCHAR NOT NULL,
    published_on DATE NOT NULL,
    entries INTEGER NOT NULL
);
COMMENT ON TABLE derived.section_day IS 'One day of one section with the most entries of that day that any run saw in its list.';
COMMENT ON COLUMN derived.section_day.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.section_day.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN derived.section_day.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN derived.section_day.published_on IS 'Civil day the entries carry in the list or on their pages, e.g. 2026-11-20';
COMMENT ON COLUMN derived.section_day.entries IS 'Entries of that day in the run that saw most of them';

INSERT INTO derived.section_day
SELECT site_code, section_name, section_url, published_on, max(entries)::INTEGER
FROM (
    SELECT listed.run_id, listed.site_code, section_name, section_url,
        coalesce(entry.published_on, try_cast(p.published_at AS DATE)) AS published_on,
        count(DISTINCT (entry.url, entry.title)) AS entries
    FROM (
        SELECT run_id, site_code, section_name, section_url, unnest(entries) AS entry FROM raw.section_visit
    ) AS listed
    JOIN raw.run AS r USING (run_id)
    LEFT JOIN raw.page AS p
        ON p.run_id = listed.run_id AND p.site_code = listed.site_code AND p.url = entry.url AND p.outcome = 'ok'
        AND p.date_origin IS DISTINCT FROM 'url'
    WHERE coalesce(entry.published_on, try_cast(p.published_at AS DATE)) <= r.as_of
    GROUP BY ALL
)
GROUP BY ALL;
