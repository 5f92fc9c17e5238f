-- What an assessment leaves behind: raw.assessment from assessment.json, the others from its files.

CREATE TABLE raw.assessment (
    assessment_id VARCHAR PRIMARY KEY,
    as_of DATE NOT NULL,
    edition VARCHAR NOT NULL,
    edition_sha256 VARCHAR NOT NULL,
    overlay VARCHAR,
    snapshot VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    code_version VARCHAR NOT NULL,
    runs VARCHAR[] NOT NULL DEFAULT [],
    manifest_sha256 VARCHAR NOT NULL
);
COMMENT ON TABLE raw.assessment IS 'One finished assessment, from its assessment.json.';
COMMENT ON COLUMN raw.assessment.assessment_id IS 'Name of the assessment folder';
COMMENT ON COLUMN raw.assessment.as_of IS 'Civil day that is judged, e.g. 2026-11-22';
COMMENT ON COLUMN raw.assessment.edition IS 'Edition of the official indicators, e.g. inspection-2019';
COMMENT ON COLUMN raw.assessment.edition_sha256 IS 'SHA-256 of the edition''s file';
COMMENT ON COLUMN raw.assessment.overlay IS 'Local overlay of the edition, null when none';
COMMENT ON COLUMN raw.assessment.snapshot IS 'Published copy it was made from, e.g. 20261122T040000Z';
COMMENT ON COLUMN raw.assessment.created_at IS 'Instant (UTC) it was made';
COMMENT ON COLUMN raw.assessment.code_version IS 'Version of govcrawl that judged';
COMMENT ON COLUMN raw.assessment.runs IS 'Runs it was made from';
COMMENT ON COLUMN raw.assessment.manifest_sha256 IS 'SHA-256 of assessment.json as it was loaded';

CREATE TABLE raw.finding (
    assessment_id VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    site_code VARCHAR,
    check_id VARCHAR NOT NULL,
    indicator_id VARCHAR,
    state VARCHAR NOT NULL,
    subject_url VARCHAR NOT NULL,
    origin_url VARCHAR,
    observed VARCHAR,
    expected VARCHAR,
    evidence VARCHAR,
    run_id VARCHAR
);
COMMENT ON TABLE raw.finding IS 'One fault in one assessment.';
COMMENT ON COLUMN raw.finding.assessment_id IS 'Assessment that found it';
COMMENT ON COLUMN raw.finding.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN raw.finding.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN raw.finding.check_id IS 'Check that found it, e.g. section-stale';
COMMENT ON COLUMN raw.finding.indicator_id IS 'Indicator of the edition the fault counts under; null when it counts under none';
COMMENT ON COLUMN raw.finding.state IS 'found, awaiting, confirmed, dismissed or explained; found and confirmed are reported';
COMMENT ON COLUMN raw.finding.subject_url IS 'What is at fault: a target, a page, a section, a home page, or ticket:ID, message:ID, account:ID';
COMMENT ON COLUMN raw.finding.origin_url IS 'Page on which the fault is seen';
COMMENT ON COLUMN raw.finding.observed IS 'What was seen';
COMMENT ON COLUMN raw.finding.expected IS 'What the rule asks for';
COMMENT ON COLUMN raw.finding.evidence IS 'What lets a reader see it again';
COMMENT ON COLUMN raw.finding.run_id IS 'Run that measured it';

CREATE TABLE raw.site_result (
    assessment_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    score DOUBLE,
    vetoes VARCHAR[] NOT NULL
);
COMMENT ON TABLE raw.site_result IS 'One site in one assessment.';
COMMENT ON COLUMN raw.site_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN raw.site_result.site_code IS 'Site judged';
COMMENT ON COLUMN raw.site_result.verdict IS 'qualified, unqualified or unmeasured';
COMMENT ON COLUMN raw.site_result.score IS 'Points, null where the edition gives none';
COMMENT ON COLUMN raw.site_result.vetoes IS 'Indicators whose veto failed';

CREATE TABLE raw.indicator_result (
    assessment_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    points DOUBLE,
    max_points DOUBLE,
    count INTEGER,
    reason VARCHAR
);
COMMENT ON TABLE raw.indicator_result IS 'One indicator of one site in one assessment.';
COMMENT ON COLUMN raw.indicator_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN raw.indicator_result.site_code IS 'Site judged';
COMMENT ON COLUMN raw.indicator_result.indicator_id IS 'Indicator of the edition';
COMMENT ON COLUMN raw.indicator_result.state IS 'pass, fail, unmeasured or manual';
COMMENT ON COLUMN raw.indicator_result.points IS 'Points taken off or given, null for a veto';
COMMENT ON COLUMN raw.indicator_result.max_points IS 'Points at stake, null for a veto';
COMMENT ON COLUMN raw.indicator_result.count IS 'Faults counted, or what could not be measured';
COMMENT ON COLUMN raw.indicator_result.reason IS 'Why, in a sentence';

CREATE TABLE raw.section_frequency (
    assessment_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    section_name VARCHAR NOT NULL,
    section_url VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    run_id VARCHAR,
    term_days INTEGER,
    entries INTEGER,
    undated INTEGER,
    undated_share DOUBLE,
    median_gap_days DOUBLE,
    longest_gap_days INTEGER,
    idle_days INTEGER,
    last_entry_on DATE,
    next_due_on DATE
);
COMMENT ON TABLE raw.section_frequency IS 'How often one section was updated, in one assessment.';
COMMENT ON COLUMN raw.section_frequency.assessment_id IS 'Assessment that measured';
COMMENT ON COLUMN raw.section_frequency.site_code IS 'Site of the section';
COMMENT ON COLUMN raw.section_frequency.section_name IS 'Name of the section in the registry';
COMMENT ON COLUMN raw.section_frequency.section_url IS 'Address of the section in the registry';
COMMENT ON COLUMN raw.section_frequency.class IS 'Class of the section (栏目类别), e.g. 通知公告';
COMMENT ON COLUMN raw.section_frequency.run_id IS 'Run the entries come from';
COMMENT ON COLUMN raw.section_frequency.term_days IS 'Days within which the section must be updated; null when it has no term';
COMMENT ON COLUMN raw.section_frequency.entries IS 'Entries inside the window';
COMMENT ON COLUMN raw.section_frequency.undated IS 'Entries without any date';
COMMENT ON COLUMN raw.section_frequency.undated_share IS 'Share of entries without any date, 0 to 1';
COMMENT ON COLUMN raw.section_frequency.median_gap_days IS 'Median of the days between consecutive updates';
COMMENT ON COLUMN raw.section_frequency.longest_gap_days IS 'Longest stretch of days without an update';
COMMENT ON COLUMN raw.section_frequency.idle_days IS 'Days from the last update to as_of';
COMMENT ON COLUMN raw.section_frequency.last_entry_on IS 'Civil day of the last update';
COMMENT ON COLUMN raw.section_frequency.next_due_on IS 'Civil day by which the next update is due';

CREATE TABLE raw.ledger (
    assessment_id VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    site_code VARCHAR,
    check_id VARCHAR NOT NULL,
    subject_url VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    first_seen_on DATE NOT NULL,
    last_seen_on DATE NOT NULL,
    fixed_on DATE,
    notified_in VARCHAR,
    due_on DATE
);
COMMENT ON TABLE raw.ledger IS 'One fault over its life, as it stood in one assessment.';
COMMENT ON COLUMN raw.ledger.assessment_id IS 'Assessment the state was derived in';
COMMENT ON COLUMN raw.ledger.finding_key IS 'Names the fault across assessments';
COMMENT ON COLUMN raw.ledger.site_code IS 'Site it belongs to; null for an account';
COMMENT ON COLUMN raw.ledger.check_id IS 'Check that found it';
COMMENT ON COLUMN raw.ledger.subject_url IS 'What is at fault';
COMMENT ON COLUMN raw.ledger.state IS 'new, open, fixed, reopened, overdue, dismissed or explained';
COMMENT ON COLUMN raw.ledger.first_seen_on IS 'Civil day it was first found';
COMMENT ON COLUMN raw.ledger.last_seen_on IS 'Civil day it was last found';
COMMENT ON COLUMN raw.ledger.fixed_on IS 'Civil day a measurement no longer found it';
COMMENT ON COLUMN raw.ledger.notified_in IS 'Notice that told the unit';
COMMENT ON COLUMN raw.ledger.due_on IS 'Civil day by which it must be mended';
