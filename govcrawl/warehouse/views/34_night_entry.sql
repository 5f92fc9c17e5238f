CREATE VIEW night_entry AS
SELECT as_of, run_id, site_code, section_name, section_url, title, url, published_on, date_origin,
    coalesce(year_assumed, false) AS year_assumed, line_no
FROM (
    SELECT v.as_of, s.run_id, s.site_code, s.section_name, s.section_url, unnest(s.entries, recursive := true),
        generate_subscripts(s.entries, 1)::INTEGER AS line_no
    FROM night_visit AS v
    JOIN derived.section_list AS s USING (run_id, site_code)
    WHERE v.of_lists
);

COMMENT ON VIEW night_entry IS 'One row per entry of one section and inspected day, as the visit that speaks for that day listed it; first_seen_on is in the view entry.';
