CREATE VIEW derived.standing_page AS
SELECT t.run_id, s.site_code, s.url, s.read_run_id
FROM derived.turn AS t
JOIN derived.standing_page_spell AS s
    ON s.month = t.month AND s.site_code = t.site_code
    AND derived.holds(s.since_no, s.until_no, t.turn_no);

COMMENT ON VIEW derived.standing_page IS 'One page that was known and not due in a visit: the earlier reading that stands for it.';
