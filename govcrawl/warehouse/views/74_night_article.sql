-- `pages`: as of derived.addresses_of.
CREATE OR REPLACE MACRO derived.articles_of(pages) AS TABLE
SELECT v.as_of, p.site_code, p.url, p.run_id, p.fetched_at, p.body_sha256, p.text_sha256, p.kind, p.title, p.published_at, p.date_origin,
    p.source, p.doc_number, p.guide_elements, p.consultation_opens_on, p.consultation_closes_on,
    p.consultation_result, p.interpreter, p.doubts
FROM query_table(pages) AS p
JOIN (SELECT DISTINCT as_of, site_code, run_id FROM night_visit) AS v USING (run_id, site_code)
WHERE p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    AND p.read_state IN (SELECT word FROM words.read_state WHERE read) AND p.kind IN ('article', 'section', 'other')
QUALIFY row_number() OVER (PARTITION BY v.as_of, p.site_code, p.url ORDER BY p.fetched_at DESC, p.run_id DESC) = 1;

CREATE VIEW night_article AS
FROM derived.articles_of('derived.visited_page');

COMMENT ON VIEW night_article IS 'One row per page of a site, its home page aside, that was read on an inspected day, whichever spider read it: what it says of itself.';

-- A text by its hash, without days and clocks.
CREATE OR REPLACE MACRO derived.undated_text(words) AS md5(regexp_replace(regexp_replace(words,
    '[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?', '', 'g'), '[^\p{L}\p{N}]', '', 'g'));
