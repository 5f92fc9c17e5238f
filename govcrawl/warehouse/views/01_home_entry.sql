CREATE VIEW derived.home_entry AS
SELECT t.run_id, s.site_code, s.url, s.title, s.published_on, s.date_origin, s.page_url, s.year_assumed
FROM derived.turn AS t
JOIN derived.home_entry_spell AS s
    ON s.month = t.month AND s.site_code = t.site_code
    AND derived.holds(s.since_no, s.until_no, t.turn_no);

COMMENT ON VIEW derived.home_entry IS 'One entry of the home page of one site in one visit, worked out once at load; for a home page that is only an entrance, of the pages it leads to.';
