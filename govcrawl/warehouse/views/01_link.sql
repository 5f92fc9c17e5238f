CREATE VIEW derived.link AS
SELECT t.run_id, l.site_code, l.target_no, l.target_url, l.kind, l.anchor_text, l.hidden, l.internal, l.wrong, l.origin_url,
    c.origins, c.on_home, a.visit_outcome, a.visit_status, l."position", c.first_origins
FROM derived.turn AS t
JOIN derived.link_spell AS l
    ON l.month = t.month AND l.site_code = t.site_code
    AND derived.holds(l.since_no, l.until_no, t.turn_no)
JOIN derived.carrier_spell AS c
    ON c.month = t.month AND c.site_code = t.site_code AND c.target_no = l.target_no
    AND derived.holds(c.since_no, c.until_no, t.turn_no)
JOIN derived.answer_spell AS a
    ON a.month = t.month AND a.site_code = t.site_code AND a.target_no = l.target_no
    AND derived.holds(a.since_no, a.until_no, t.turn_no);

COMMENT ON VIEW derived.link IS 'One target of one site in one visit, counted once at load from the pages of that visit.';
