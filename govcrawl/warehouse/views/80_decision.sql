CREATE VIEW decision AS
SELECT finding_key, site_code, account_id, indicator_id, edition, decision, points, reason, until_on, decided_by,
    decided_at, supersedes,
    row_number() OVER (
        PARTITION BY finding_key, edition, site_code, account_id, indicator_id
        ORDER BY decided_at DESC, file DESC, source_row DESC
    ) = 1 AS newest,
    source_file, source_row, file
FROM raw.decision;

COMMENT ON VIEW decision IS 'One row per decision of a person about a fault, or about a row only people can judge. Nothing is ever overwritten: newest tells which one holds.';
COMMENT ON COLUMN decision.finding_key IS 'Fault that was judged; null for a row only people can judge';
COMMENT ON COLUMN decision.site_code IS 'Site whose row was judged; null for a fault and for an account';
COMMENT ON COLUMN decision.account_id IS 'Account whose row was judged; null for a fault and for a site';
COMMENT ON COLUMN decision.indicator_id IS 'Indicator that was judged; null for a fault';
COMMENT ON COLUMN decision.edition IS 'Edition of the row that was judged; null for a fault';
COMMENT ON COLUMN decision.decision IS 'Of a fault confirmed, dismissed (a false alarm) or explained (excused until until_on); of a row pass or fail';
COMMENT ON COLUMN decision.points IS 'Points a person took off or gave for the row; null where the row has none';
COMMENT ON COLUMN decision.reason IS 'Why, in the words of the person who decided';
COMMENT ON COLUMN decision.until_on IS 'Last civil day the decision holds; null when it holds until another follows';
COMMENT ON COLUMN decision.decided_by IS 'Name of the person who decided';
COMMENT ON COLUMN decision.decided_at IS 'Instant (UTC) of the decision';
COMMENT ON COLUMN decision.supersedes IS 'It says of itself that it overrules what somebody else decided before (改判)';
COMMENT ON COLUMN decision.newest IS 'No later decision about the same thing; it holds on every day up to until_on';
COMMENT ON COLUMN decision.source_file IS 'Review file it was imported from';
COMMENT ON COLUMN decision.source_row IS 'Row of that file';
COMMENT ON COLUMN decision.file IS 'Record file in data/decisions, e.g. 20261123T013000Z-0c1d2e3f4a5b6c7d.jsonl';
