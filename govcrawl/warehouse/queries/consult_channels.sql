-- Of each home page asked for on $as_of: whether it was read, and how many ways to ask or suggest the site offers.
-- `channels`: links whose text, no longer than $longest, matches $words and not $special, those aside that are known to be dead; `sections`:
-- registered 政务咨询 sections that opened.
WITH home AS (
    SELECT v.site_code, v.run_id, p.outcome, p.read_state, p.fetched_at, p.body_sha256, p.links
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND v.of_pages AND p.depth = 0
    QUALIFY row_number() OVER (PARTITION BY v.site_code ORDER BY p.fetched_at DESC, p.url) = 1
), offered AS (
    SELECT home.site_code, count(*) AS channels
    FROM home
    JOIN night.links AS l USING (run_id, site_code)
    WHERE length(l.anchor_text) <= $longest AND regexp_matches(l.anchor_text, $words) AND NOT regexp_matches(l.anchor_text, $special)
        AND NOT coalesce(l.confirmed AND l.outcome IN (SELECT word FROM words.outcome WHERE nothing_there), false)
    GROUP BY home.site_code
), opened AS (
    SELECT s.site_code, count(*) AS sections
    FROM night_visit AS v
    JOIN raw.section_visit AS a USING (run_id, site_code)
    JOIN night_section AS s
        ON s.as_of = $as_of AND s.site_code = a.site_code AND s.section_url = a.section_url
        AND s.section_name = a.section_name
    WHERE v.as_of = $as_of AND v.of_lists AND s.class IN (SELECT word FROM words.section_class WHERE letters)
        AND a.outcome IN (SELECT word FROM words.outcome WHERE opened)
    GROUP BY s.site_code
)
SELECT home.*, coalesce(offered.channels, 0)::INTEGER AS channels, coalesce(opened.sections, 0)::INTEGER AS sections
FROM home
LEFT JOIN offered USING (site_code)
LEFT JOIN opened USING (site_code)
ORDER BY home.site_code
