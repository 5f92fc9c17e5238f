CREATE VIEW night_article AS
SELECT v.as_of, p.site_code, p.url, p.run_id, p.fetched_at, p.body_sha256, p.title, p.published_at, p.date_origin,
    p.source, p.doc_number, p.guide_elements, p.consultation_opens_on, p.consultation_closes_on,
    p.consultation_result, p.interpreter, p.doubts
FROM raw.page AS p
JOIN night_visit AS v USING (run_id, site_code)
WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND coalesce(p.read_state, 'read') IN (SELECT word FROM words.read_state WHERE read) AND p.kind IN ('article', 'section', 'other')
QUALIFY row_number() OVER (PARTITION BY v.as_of, p.site_code, p.url ORDER BY p.fetched_at DESC, p.run_id DESC) = 1;

COMMENT ON VIEW night_article IS 'One row per page of a site, its home page aside, that was read on an inspected day, whichever spider read it: what it says of itself.';
COMMENT ON COLUMN night_article.as_of IS 'Civil day of the inspection, e.g. 2026-11-22';
COMMENT ON COLUMN night_article.site_code IS 'Site by its 网站标识码, e.g. 6500000001';
COMMENT ON COLUMN night_article.url IS 'Address requested, absolute and normalised';
COMMENT ON COLUMN night_article.run_id IS 'Run that read it last';
COMMENT ON COLUMN night_article.fetched_at IS 'Instant (UTC) of the request';
COMMENT ON COLUMN night_article.body_sha256 IS 'SHA-256 of the body bytes';
COMMENT ON COLUMN night_article.title IS 'Title of the page';
COMMENT ON COLUMN night_article.published_at IS 'Civil time the page prints of itself, exactly as far as it prints it, e.g. 2026-11-22T10:08';
COMMENT ON COLUMN night_article.date_origin IS 'Where that time was seen: tag, label, list, url, signature or text';
COMMENT ON COLUMN night_article.source IS 'Whom the article names as its source (来源, ContentSource), e.g. 岚川市教育局';
COMMENT ON COLUMN night_article.doc_number IS 'Number of the document (发文字号) an article publishes, e.g. 岚政办发〔2026〕12号';
COMMENT ON COLUMN night_article.guide_elements IS 'Element classes an office guide shows: item_name basis conditions materials place time telephone process agency fee; empty for any other page';
COMMENT ON COLUMN night_article.consultation_opens_on IS 'Civil day a consultation opens, as its page says, e.g. 2026-03-01';
COMMENT ON COLUMN night_article.consultation_closes_on IS 'Civil day it closes, as its page says, e.g. 2026-03-31';
COMMENT ON COLUMN night_article.consultation_result IS 'Words by which the page shows the result of a consultation, null when it shows none';
COMMENT ON COLUMN night_article.interpreter IS 'Who answers for an interpretation: unit, person, telephone as named; pictured where the text is too little to tell';
COMMENT ON COLUMN night_article.doubts IS 'What no reader recognised on the page and may stand there all the same, to the snippet that says so';
