-- What home pages list, worked out once a run: asking one night walked through the pages of every night.
CREATE TABLE derived.home_entry (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    published_on DATE,
    date_origin VARCHAR,
    page_url VARCHAR NOT NULL
);
COMMENT ON TABLE derived.home_entry IS 'One entry of the home page of one site in one site run, worked out once at load; for a home page that is only an entrance, of the pages it leads to.';
COMMENT ON COLUMN derived.home_entry.run_id IS 'Run that requested the page, e.g. 20261122T021500Z-site';
COMMENT ON COLUMN derived.home_entry.site_code IS 'Site by its official code, e.g. 6500000001';
COMMENT ON COLUMN derived.home_entry.url IS 'Address of the entry';
COMMENT ON COLUMN derived.home_entry.title IS 'Text of the entry';
COMMENT ON COLUMN derived.home_entry.published_on IS 'Civil day of the entry, seen in the list or on its page visited in the same run; null otherwise';
COMMENT ON COLUMN derived.home_entry.date_origin IS 'Where that day was seen: tag, label, list, signature or text; a day in the address alone is not seen';
COMMENT ON COLUMN derived.home_entry.page_url IS 'Page that shows the entry: the home page, or one behind an entrance';

INSERT INTO derived.home_entry
SELECT shown.run_id, shown.site_code, shown.url, shown.title,
    -- The article's own day stands in where the home page prints none, or none with its year.
    CASE WHEN unsure AND article.published_on IS NOT NULL THEN article.published_on ELSE shown.published_on END
        AS published_on,
    CASE WHEN unsure AND article.published_on IS NOT NULL THEN article.date_origin ELSE shown.date_origin END
        AS date_origin,
    shown.page_url
FROM (
    SELECT run_id, site_code, url,
        min_by(title, (page_url, title)) AS title,
        max(published_on) AS published_on,
        max_by(date_origin, (published_on, date_origin)) AS date_origin,
        bool_and(published_on IS NULL OR coalesce(year_assumed, false)) AS unsure,
        min(page_url) AS page_url
    FROM (
        SELECT home.run_id, home.site_code, shown_on.url AS page_url, unnest(shown_on.entries, recursive := true)
        FROM (SELECT * FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at)) AS home
        SEMI JOIN (SELECT run_id FROM raw.run WHERE kind = 'site') AS site_run ON site_run.run_id = home.run_id
        JOIN (SELECT * FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at)) AS shown_on
            ON shown_on.run_id = home.run_id AND shown_on.site_code = home.site_code
            AND shown_on.depth <= home.navigation_only::INTEGER
        WHERE home.depth = 0
    ) AS listed
    GROUP BY run_id, site_code, url
) AS shown
LEFT JOIN (
    SELECT run_id, site_code, url, try_cast(published_at AS DATE) AS published_on, date_origin
    FROM (SELECT * FROM raw.page ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at))
    WHERE date_origin IS DISTINCT FROM 'url'  -- nobody sees an address
) AS article USING (run_id, site_code, url);
