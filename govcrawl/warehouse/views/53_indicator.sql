CREATE VIEW indicator AS
SELECT assessment_id, indicator_id, position, part, block, title, scope, max_points, manual, checks, clause, source, wording, confidence, verify
FROM raw.indicator;

COMMENT ON VIEW indicator IS 'One row per indicator and assessment: the table it judged by, with what an overlay changed.';
COMMENT ON COLUMN indicator.assessment_id IS 'Assessment that judged by it';
COMMENT ON COLUMN indicator.indicator_id IS 'Indicator of the edition, e.g. usability';
COMMENT ON COLUMN indicator.position IS 'Place in the table, from 1';
COMMENT ON COLUMN indicator.part IS 'veto (单项否决), deduct (扣分指标) or bonus (加分指标)';
COMMENT ON COLUMN indicator.block IS 'Block of the table (一级指标), e.g. 发布解读';
COMMENT ON COLUMN indicator.title IS 'Title of the row (二级指标), e.g. 动态要闻';
COMMENT ON COLUMN indicator.scope IS 'Who is asked: all, portal, department or account';
COMMENT ON COLUMN indicator.max_points IS 'Points it can cost or bring at most; null for a veto and where nothing caps it';
COMMENT ON COLUMN indicator.manual IS 'People decide the row, or a part of it';
COMMENT ON COLUMN indicator.checks IS 'Checks whose findings stand under the row';
COMMENT ON COLUMN indicator.clause IS 'What the document says';
COMMENT ON COLUMN indicator.source IS 'Document and place of the clause';
COMMENT ON COLUMN indicator.wording IS 'verbatim, or abridged: the clause is quoted in the short form of the source';
COMMENT ON COLUMN indicator.confidence IS 'H: seen word for word and agreed by a second source; M: one source; L: weak or not found';
COMMENT ON COLUMN indicator.verify IS 'A person must compare the clause with the official text before it is quoted as the rule';
