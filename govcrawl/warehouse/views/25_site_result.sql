CREATE VIEW site_result AS
SELECT assessment_id, site_code, verdict, score, vetoes, score_floor, score_ceiling, band
FROM raw.site_result;

COMMENT ON VIEW site_result IS 'One row per site and assessment.';
COMMENT ON COLUMN site_result.assessment_id IS 'Assessment that judged';
COMMENT ON COLUMN site_result.site_code IS 'Site judged';
COMMENT ON COLUMN site_result.verdict IS 'qualified, unqualified or unmeasured';
COMMENT ON COLUMN site_result.score IS 'Points; null where the edition scores no such site, a veto failed, or rows still wait for people or for a measurement';
COMMENT ON COLUMN site_result.vetoes IS 'Indicators whose veto failed';
COMMENT ON COLUMN site_result.score_floor IS 'Lowest score the site can still come to: every open row lost. Null where a veto failed or the edition scores no such site';
COMMENT ON COLUMN site_result.score_ceiling IS 'Highest score the site can still come to: no open row lost. Null like the floor';
COMMENT ON COLUMN site_result.band IS 'Band of scores the edition or its overlay counts the site in, e.g. 90分(含)以上; null without bands or without score';
