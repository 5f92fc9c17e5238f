-- The table an assessment judged by, and which faults stand under which of its rows.

CREATE TABLE raw.indicator (
    assessment_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    block VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    max_points DOUBLE,
    manual BOOLEAN NOT NULL,
    checks VARCHAR[] NOT NULL,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    confidence VARCHAR NOT NULL,
    verify BOOLEAN NOT NULL
);
COMMENT ON TABLE raw.indicator IS 'One indicator as one assessment had it.';
COMMENT ON COLUMN raw.indicator.assessment_id IS 'Assessment that judged by it';
COMMENT ON COLUMN raw.indicator.indicator_id IS 'Indicator of the edition, e.g. usability';
COMMENT ON COLUMN raw.indicator.position IS 'Place in the table, from 1';
COMMENT ON COLUMN raw.indicator.part IS 'veto (单项否决), deduct (扣分指标) or bonus (加分指标)';
COMMENT ON COLUMN raw.indicator.block IS 'Block of the table (一级指标), e.g. 发布解读';
COMMENT ON COLUMN raw.indicator.title IS 'Title of the row (二级指标), e.g. 动态要闻';
COMMENT ON COLUMN raw.indicator.scope IS 'Who is asked: all, portal, department or account';
COMMENT ON COLUMN raw.indicator.max_points IS 'Points it can cost or bring at most; null for a veto and where nothing caps it';
COMMENT ON COLUMN raw.indicator.manual IS 'People decide the row, or a part of it';
COMMENT ON COLUMN raw.indicator.checks IS 'Checks whose findings stand under the row';
COMMENT ON COLUMN raw.indicator.clause IS 'What the document says';
COMMENT ON COLUMN raw.indicator.source IS 'Document and place of the clause';
COMMENT ON COLUMN raw.indicator.wording IS 'verbatim, or abridged: the clause is quoted in the short form of the source';
COMMENT ON COLUMN raw.indicator.confidence IS 'H: seen word for word and agreed by a second source; M: one source; L: weak or not found';
COMMENT ON COLUMN raw.indicator.verify IS 'A person must compare the clause with the official text before it is quoted as the rule';

CREATE TABLE raw.indicator_finding (
    assessment_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    finding_key VARCHAR NOT NULL,
    counts BOOLEAN NOT NULL
);
COMMENT ON TABLE raw.indicator_finding IS 'One fault under one indicator in one assessment.';
COMMENT ON COLUMN raw.indicator_finding.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN raw.indicator_finding.indicator_id IS 'Indicator the fault stands under; a fault may stand under several';
COMMENT ON COLUMN raw.indicator_finding.finding_key IS 'Fault, as in finding';
COMMENT ON COLUMN raw.indicator_finding.counts IS 'It moves the row; false while it waits for a person, when a person excused it, or where it is only filed';
