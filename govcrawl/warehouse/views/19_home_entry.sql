CREATE VIEW home_entry AS
SELECT run_id, site_code, url, title, published_on, date_origin, page_url, year_assumed
FROM derived.home_entry;

COMMENT ON VIEW home_entry IS 'One row per entry of the home page of one site in one visit; for a home page that is only an entrance, of the pages it leads to.';
