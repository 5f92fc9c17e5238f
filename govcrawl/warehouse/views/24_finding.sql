CREATE VIEW finding AS
SELECT assessment_id, finding_key, site_code, check_id, state, subject_url, origin_url, observed, expected,
    evidence, run_id, indicator_id, decision, decision_reason, decided_by, decided_on, decided_until
FROM raw.finding;

COMMENT ON VIEW finding IS 'One row per fault and assessment.';
COMMENT ON COLUMN finding.assessment_id IS 'Assessment that found it';
COMMENT ON COLUMN finding.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN finding.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN finding.check_id IS 'Check that found it, e.g. section-stale';
COMMENT ON COLUMN finding.state IS 'found, awaiting, confirmed, dismissed or explained; found and confirmed are reported';
COMMENT ON COLUMN finding.subject_url IS 'What is at fault: a target, a page, a section, a home page, or ticket:ID, message:ID, account:ID';
COMMENT ON COLUMN finding.origin_url IS 'Page on which the fault is seen';
COMMENT ON COLUMN finding.observed IS 'What was seen';
COMMENT ON COLUMN finding.expected IS 'What the rule asks for';
COMMENT ON COLUMN finding.evidence IS 'What lets a reader see it again';
COMMENT ON COLUMN finding.run_id IS 'Run that measured it';
COMMENT ON COLUMN finding.indicator_id IS 'Indicator of the edition the fault counts under; null when it counts under none';
COMMENT ON COLUMN finding.decision IS 'What a person decided: confirmed, dismissed or explained; null while nobody has, or when it no longer holds';
COMMENT ON COLUMN finding.decision_reason IS 'Why, in the words of the person who decided';
COMMENT ON COLUMN finding.decided_by IS 'Name of the person who decided';
COMMENT ON COLUMN finding.decided_on IS 'Civil day of the decision';
COMMENT ON COLUMN finding.decided_until IS 'Last civil day the decision holds; null when it holds until another follows';
