-- As the view derived.link below, of those links alone that the table `wanted` names by run_id, site_code and target_url: the view
-- joined with them would be the links of all nights.
CREATE OR REPLACE MACRO derived.links_of(wanted) AS TABLE
SELECT t.run_id, l.site_code, l.target_url, l.wrong, a.visit_outcome, coalesce(c.first_origins, [l.origin_url]) AS first_origins, c.origins
FROM (FROM derived.link_spell SEMI JOIN query_table(wanted) USING (site_code, target_url)) AS l
JOIN derived.turn AS t
    ON t.month = l.month AND t.site_code = l.site_code AND derived.holds(l.since_no, l.until_no, t.turn_no)
SEMI JOIN query_table(wanted) AS w ON w.run_id = t.run_id AND w.site_code = t.site_code AND w.target_url = l.target_url
JOIN derived.carrier_spell AS c
    ON c.month = l.month AND c.site_code = l.site_code AND c.target_no = l.target_no
    AND derived.holds(c.since_no, c.until_no, t.turn_no)
JOIN derived.answer_spell AS a
    ON a.month = l.month AND a.site_code = l.site_code AND a.target_no = l.target_no
    AND derived.holds(a.since_no, a.until_no, t.turn_no);

-- Each kind of spell is brought to the turns before the kinds are joined: of one visit that is a row a target, where a target's
-- spells, joined first, are all of its month.
CREATE VIEW derived.link AS
SELECT l.run_id, l.site_code, l.target_no, l.target_url, l.kind, l.anchor_text, l.hidden, l.internal, l.wrong, l.origin_url,
    c.origins, c.on_home, a.visit_outcome, a.visit_status, l."position", c.first_origins
FROM (
    SELECT t.run_id, s.*
    FROM derived.turn AS t
    JOIN derived.link_spell AS s
        ON s.month = t.month AND s.site_code = t.site_code AND derived.holds(s.since_no, s.until_no, t.turn_no)
) AS l
JOIN (
    SELECT t.run_id, s.*
    FROM derived.turn AS t
    JOIN derived.carrier_spell AS s
        ON s.month = t.month AND s.site_code = t.site_code AND derived.holds(s.since_no, s.until_no, t.turn_no)
) AS c ON c.run_id = l.run_id AND c.site_code = l.site_code AND c.target_no = l.target_no
JOIN (
    SELECT t.run_id, s.*
    FROM derived.turn AS t
    JOIN derived.answer_spell AS s
        ON s.month = t.month AND s.site_code = t.site_code AND derived.holds(s.since_no, s.until_no, t.turn_no)
) AS a ON a.run_id = l.run_id AND a.site_code = l.site_code AND a.target_no = l.target_no;

COMMENT ON VIEW derived.link IS 'One target of one site in one visit, counted once at load from the pages of that visit.';
