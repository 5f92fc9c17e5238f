-- Reposts of the superior government's documents that an assessment met, late or in time: the rows behind the share in time (转载率).
CREATE TABLE raw.repost (
    assessment_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    superior_code VARCHAR NOT NULL,
    superior_url VARCHAR NOT NULL,
    superior_printed VARCHAR NOT NULL,
    hours INTEGER NOT NULL,
    late BOOLEAN,
    run_id VARCHAR
);
COMMENT ON TABLE raw.repost IS 'One document of the superior that one site reposted, in one assessment.';
