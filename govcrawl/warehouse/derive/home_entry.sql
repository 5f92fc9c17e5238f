-- What the home pages of one visit list, of an entrance the pages it leads to.
CREATE OR REPLACE TEMP TABLE home_entry_spell_now AS
SELECT shown.site_code, shown.url, shown.title,
    -- The article's own day stands in where the home page prints none, or none with its year.
    CASE WHEN unsure AND article.published_on IS NOT NULL THEN article.published_on ELSE shown.published_on END
        AS published_on,
    CASE WHEN unsure AND article.published_on IS NOT NULL THEN article.date_origin ELSE shown.date_origin END
        AS date_origin,
    shown.page_url,
    unsure AND shown.published_on IS NOT NULL AND article.published_on IS NULL AS year_assumed
FROM (
    SELECT run_id, site_code, url,
        min_by(title, (page_url, title)) AS title,
        max(published_on) AS published_on,
        max_by(date_origin, (published_on, date_origin)) AS date_origin,
        bool_and(published_on IS NULL OR coalesce(year_assumed, false)) AS unsure,
        min(page_url) AS page_url
    FROM (
        SELECT home.run_id, home.site_code, shown_on.url AS page_url, unnest(shown_on.entries, recursive := true)
        FROM derived.visited_page AS home
        JOIN derived.visited_page AS shown_on
            ON shown_on.run_id = home.run_id AND shown_on.site_code = home.site_code
            AND shown_on.depth <= home.navigation_only::INTEGER
        WHERE home.run_id = $run_id AND home.depth = 0
    ) AS listed
    GROUP BY run_id, site_code, url
) AS shown
LEFT JOIN (
    SELECT run_id, site_code, url, try_cast(published_at AS DATE) AS published_on, date_origin
    FROM derived.visited_page
    WHERE run_id = $run_id AND date_origin IS DISTINCT FROM 'url'  -- nobody sees an address
) AS article USING (run_id, site_code, url);
