-- New-media accounts are judged beside the sites; a score that waits for people lies between a floor and a ceiling.

CREATE TABLE raw.account_result (
    assessment_id VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    vetoes VARCHAR[] NOT NULL
);
COMMENT ON TABLE raw.account_result IS 'One new-media account in one assessment.';
COMMENT ON COLUMN raw.account_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN raw.account_result.account_id IS 'Account judged (账号标识)';
COMMENT ON COLUMN raw.account_result.verdict IS 'qualified, unqualified or unmeasured';
COMMENT ON COLUMN raw.account_result.vetoes IS 'Indicators whose veto failed';

CREATE TABLE raw.account_indicator_result (
    assessment_id VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    indicator_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    count INTEGER,
    reason VARCHAR
);
COMMENT ON TABLE raw.account_indicator_result IS 'One indicator of one new-media account in one assessment.';
COMMENT ON COLUMN raw.account_indicator_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN raw.account_indicator_result.account_id IS 'Account judged (账号标识)';
COMMENT ON COLUMN raw.account_indicator_result.indicator_id IS 'Indicator of the edition';
COMMENT ON COLUMN raw.account_indicator_result.state IS 'pass, fail, unmeasured or manual';
COMMENT ON COLUMN raw.account_indicator_result.count IS 'Faults counted; null where people decide';
COMMENT ON COLUMN raw.account_indicator_result.reason IS 'Why, in a sentence';

ALTER TABLE raw.site_result ADD COLUMN score_floor DOUBLE DEFAULT NULL;
ALTER TABLE raw.site_result ADD COLUMN score_ceiling DOUBLE DEFAULT NULL;
ALTER TABLE raw.site_result ADD COLUMN band VARCHAR DEFAULT NULL;
COMMENT ON COLUMN raw.site_result.score IS 'Points; null where the edition scores no such site, a veto failed, or rows still wait for people or for a measurement';
COMMENT ON COLUMN raw.site_result.score_floor IS 'Lowest score the site can still come to: every open row lost. Null where a veto failed or the edition scores no such site';
COMMENT ON COLUMN raw.site_result.score_ceiling IS 'Highest score the site can still come to: no open row lost. Null like the floor';
COMMENT ON COLUMN raw.site_result.band IS 'Band of scores the edition or its overlay counts the site in, e.g. 90分(含)以上; null without bands or without score';

ALTER TABLE raw.assessment ADD COLUMN overlay_sha256 VARCHAR DEFAULT NULL;
COMMENT ON COLUMN raw.assessment.overlay IS 'Name of the local overlay that changed terms or scope of the edition, null when none';
COMMENT ON COLUMN raw.assessment.overlay_sha256 IS 'SHA-256 of the overlay''s file, null when none';
