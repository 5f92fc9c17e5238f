CREATE VIEW derived.standing_check AS
SELECT t.run_id, s.target_url, s.check_run_id
FROM derived.turn AS t
JOIN derived.standing_check_spell AS s
    ON s.month = t.month AND s.site_code = t.site_code
    AND derived.holds(s.since_no, s.until_no, t.turn_no);

-- What each links run says of the few targets that the table `wanted` names by target_url: its own check, or the one that stands for
-- it. All checks of all nights would be some hundred millions.
CREATE OR REPLACE MACRO derived.checks_of(wanted) AS TABLE
SELECT run_id AS links_run_id, target_url, outcome, confirmed
FROM raw.link_check SEMI JOIN query_table(wanted) USING (target_url)
UNION ALL
SELECT t.run_id, s.target_url, k.outcome, k.confirmed
FROM (FROM derived.standing_check_spell SEMI JOIN query_table(wanted) USING (target_url)) AS s
JOIN derived.turn AS t ON t.month = s.month AND t.site_code = s.site_code AND derived.holds(s.since_no, s.until_no, t.turn_no)
JOIN (FROM raw.link_check SEMI JOIN query_table(wanted) USING (target_url)) AS k
    ON k.run_id = s.check_run_id AND k.target_url = s.target_url;

COMMENT ON VIEW derived.standing_check IS 'One link target that was not due in a links run: the earlier check that stands for it.';
