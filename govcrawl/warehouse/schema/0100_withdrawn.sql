-- Assessments a person took back: the record stays in its folder, the rows leave the warehouse.
CREATE TABLE raw.withdrawn (
    assessment_id VARCHAR PRIMARY KEY,
    withdrawn_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE raw.withdrawn IS 'An assessment that was taken out of ledger, index and views, by whom and why.';
COMMENT ON COLUMN raw.withdrawn.assessment_id IS 'Name of the assessment folder, which stays as it was';
COMMENT ON COLUMN raw.withdrawn.withdrawn_at IS 'Instant (UTC) it was withdrawn';
COMMENT ON COLUMN raw.withdrawn.withdrawn_by IS 'Who withdrew it';
COMMENT ON COLUMN raw.withdrawn.reason IS 'Why, in that person''s words';
