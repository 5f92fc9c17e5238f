-- What was published when, and whom articles name as their source: worked out once a run, for a year of nights asks too much of a view.
ALTER TABLE derived.entry_seen ADD COLUMN published_on DATE;
COMMENT ON COLUMN derived.entry_seen.published_on IS 'Earliest civil day the entry was seen to carry; null while none was seen, e.g. 2026-11-20';

UPDATE derived.entry_seen AS seen
SET published_on = listed.published_on
FROM (
    SELECT site_code, section_url, entry.url AS url,
        CASE WHEN regexp_matches(entry.url, '^https?:') THEN '' ELSE entry.title END AS title,
        min(entry.published_on) AS published_on
    FROM (SELECT run_id, site_code, section_url, unnest(entries) AS entry FROM raw.section_visit)
    WHERE entry.published_on IS NOT NULL
    GROUP BY ALL
) AS listed
WHERE seen.site_code = listed.site_code AND seen.section_url = listed.section_url AND seen.url = listed.url
    AND seen.title = listed.title;

CREATE TABLE derived.article_seen (
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    source VARCHAR,
    published_on DATE,
    read_on DATE NOT NULL
);
COMMENT ON TABLE derived.article_seen IS 'One article of one site, as the newest run that read it found it.';
COMMENT ON COLUMN derived.article_seen.site_code IS 'Site that published it';
COMMENT ON COLUMN derived.article_seen.url IS 'Address of the article';
COMMENT ON COLUMN derived.article_seen.source IS 'Whom it names as its source (来源, ContentSource), null when it names nobody';
COMMENT ON COLUMN derived.article_seen.published_on IS 'Civil day it prints of itself, null when it prints none, e.g. 2026-11-20';
COMMENT ON COLUMN derived.article_seen.read_on IS 'Civil day (as_of) of the run that read it last, e.g. 2026-11-22';

INSERT INTO derived.article_seen
SELECT site_code, url, max_by(source, fetched_at), max_by(try_cast(published_at AS DATE), fetched_at), max(as_of)
FROM raw.page
JOIN raw.run USING (run_id)
WHERE raw.page.kind = 'article' AND outcome = 'ok'
GROUP BY site_code, url;
