-- derived.entry_seen after one visit: new entries are added, and a run loaded late may move a day back.
CREATE OR REPLACE TEMP TABLE listed AS
SELECT site_code, section_url, entry.url,
    CASE WHEN regexp_matches(entry.url, '^https?:') THEN '' ELSE entry.title END AS title,
    as_of, min(entry.published_on) AS published_on
FROM (SELECT run_id, site_code, section_url, unnest(entries) AS entry FROM derived.section_list WHERE run_id = $run_id)
JOIN raw.run USING (run_id)
GROUP BY ALL;

UPDATE derived.entry_seen AS seen
SET first_seen_on = least(seen.first_seen_on, listed.as_of),
    published_on = least(seen.published_on, listed.published_on)
FROM listed
WHERE seen.site_code = listed.site_code AND seen.section_url = listed.section_url AND seen.url = listed.url
    AND seen.title = listed.title
    AND (seen.first_seen_on > listed.as_of OR listed.published_on < coalesce(seen.published_on, DATE '9999-12-31'));

INSERT INTO derived.entry_seen
SELECT site_code, section_url, url, title, as_of, published_on
FROM listed ANTI JOIN derived.entry_seen USING (site_code, section_url, url, title);
