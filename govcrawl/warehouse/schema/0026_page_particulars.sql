-- What some pages show and most do not: numbers of documents, guides, consultations, whom to ask, letters.
ALTER TABLE raw.page ADD COLUMN doc_number VARCHAR;
COMMENT ON COLUMN raw.page.doc_number IS 'Number of the document (发文字号) an article publishes, e.g. 岚政办发〔2026〕12号';
ALTER TABLE raw.page ADD COLUMN guide_elements VARCHAR[] DEFAULT [];
ALTER TABLE raw.page ALTER COLUMN guide_elements SET NOT NULL;
COMMENT ON COLUMN raw.page.guide_elements IS 'Element classes an office guide shows: item_name basis conditions materials place time telephone process agency fee; empty for any other page';
ALTER TABLE raw.page ADD COLUMN consultation_opens_on DATE;
COMMENT ON COLUMN raw.page.consultation_opens_on IS 'Civil day a consultation opens, as its page says, e.g. 2026-03-01';
ALTER TABLE raw.page ADD COLUMN consultation_closes_on DATE;
COMMENT ON COLUMN raw.page.consultation_closes_on IS 'Civil day it closes, as its page says, e.g. 2026-03-31';
ALTER TABLE raw.page ADD COLUMN consultation_result VARCHAR;
COMMENT ON COLUMN raw.page.consultation_result IS 'Words by which the page shows the result of a consultation, null when it shows none';
ALTER TABLE raw.page ADD COLUMN interpreter MAP(VARCHAR, VARCHAR) DEFAULT MAP {};
ALTER TABLE raw.page ALTER COLUMN interpreter SET NOT NULL;
COMMENT ON COLUMN raw.page.interpreter IS 'Who answers for an interpretation: unit, person, telephone as named; pictured where the text is too little to tell';
ALTER TABLE raw.section_visit ADD COLUMN letters STRUCT(title VARCHAR, url VARCHAR, received_on DATE, answered_on DATE, answered BOOLEAN)[] DEFAULT [];
ALTER TABLE raw.section_visit ALTER COLUMN letters SET NOT NULL;
COMMENT ON COLUMN raw.section_visit.letters IS 'Letters of readers that a section of class 政务咨询 lists';
