-- What people decided: raw.decision from the files of data/decisions, one file an import.
CREATE TABLE raw.decision (
    file VARCHAR NOT NULL,
    finding_key VARCHAR,
    edition VARCHAR,
    site_code VARCHAR,
    account_id VARCHAR,
    indicator_id VARCHAR,
    decision VARCHAR NOT NULL,
    points DOUBLE,
    reason VARCHAR,
    until_on DATE,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    supersedes BOOLEAN NOT NULL,
    source_file VARCHAR NOT NULL,
    source_row INTEGER NOT NULL
);
COMMENT ON TABLE raw.decision IS 'One decision of a person, as it was recorded; never changed, only followed by newer ones.';
COMMENT ON COLUMN raw.decision.file IS 'Record file in data/decisions, e.g. 20261123T013000Z-0c1d2e3f4a5b6c7d.jsonl';
COMMENT ON COLUMN raw.decision.finding_key IS 'Fault that was judged; null for a row only people can judge';
COMMENT ON COLUMN raw.decision.edition IS 'Edition of the row that was judged; null for a fault';
COMMENT ON COLUMN raw.decision.site_code IS 'Site whose row was judged; null for a fault and for an account';
COMMENT ON COLUMN raw.decision.account_id IS 'Account whose row was judged; null for a fault and for a site';
COMMENT ON COLUMN raw.decision.indicator_id IS 'Indicator that was judged; null for a fault';
COMMENT ON COLUMN raw.decision.decision IS 'Of a fault confirmed, dismissed (a false alarm) or explained (excused until until_on); of a row pass or fail';
COMMENT ON COLUMN raw.decision.points IS 'Points a person took off or gave for the row; null where the row has none';
COMMENT ON COLUMN raw.decision.reason IS 'Why, in the words of the person who decided';
COMMENT ON COLUMN raw.decision.until_on IS 'Last civil day the decision holds; null when it holds until another follows';
COMMENT ON COLUMN raw.decision.decided_by IS 'Name of the person who decided';
COMMENT ON COLUMN raw.decision.decided_at IS 'Instant (UTC) of the decision';
COMMENT ON COLUMN raw.decision.supersedes IS 'It says of itself that it overrules what somebody else decided before (改判)';
COMMENT ON COLUMN raw.decision.source_file IS 'Review file it was imported from';
COMMENT ON COLUMN raw.decision.source_row IS 'Row of that file';
