-- A fault keeps what the machine found and what a person decided, side by side. Older assessments have no such columns.
ALTER TABLE raw.finding ADD COLUMN decision VARCHAR;
COMMENT ON COLUMN raw.finding.decision IS 'What a person decided: confirmed, dismissed or explained; null while nobody has, or when it no longer holds';
ALTER TABLE raw.finding ADD COLUMN decision_reason VARCHAR;
COMMENT ON COLUMN raw.finding.decision_reason IS 'Why, in the words of the person who decided';
ALTER TABLE raw.finding ADD COLUMN decided_by VARCHAR;
COMMENT ON COLUMN raw.finding.decided_by IS 'Name of the person who decided';
ALTER TABLE raw.finding ADD COLUMN decided_on DATE;
COMMENT ON COLUMN raw.finding.decided_on IS 'Civil day of the decision';
ALTER TABLE raw.finding ADD COLUMN decided_until DATE;
COMMENT ON COLUMN raw.finding.decided_until IS 'Last civil day the decision holds; null when it holds until another follows';
ALTER TABLE raw.ledger ADD COLUMN since_on DATE;
COMMENT ON COLUMN raw.ledger.since_on IS 'Civil day it was first found since it last was mended; notices and confirmations from before that day are of an earlier fault';
ALTER TABLE raw.assessment ADD COLUMN decisions_sha256 VARCHAR;
COMMENT ON COLUMN raw.assessment.decisions_sha256 IS 'SHA-256 over the decisions in force; null where there were none';
