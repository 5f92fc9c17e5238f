CREATE VIEW derived.standing_check AS
SELECT t.run_id, s.target_url, s.check_run_id
FROM derived.turn AS t
JOIN derived.standing_check_spell AS s
    ON s.month = t.month AND s.site_code = t.site_code
    AND derived.holds(s.since_no, s.until_no, t.turn_no);

COMMENT ON VIEW derived.standing_check IS 'One link target that was not due in a links run: the earlier check that stands for it.';
