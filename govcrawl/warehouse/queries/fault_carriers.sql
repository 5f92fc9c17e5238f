-- Of earlier faults by $finding_keys: the page they were found on last before $as_of, and the pages that carried a link (at most
-- five, and whether these are all).
WITH last AS MATERIALIZED (
    SELECT f.finding_key, max_by(f.site_code, a.as_of) AS site_code, max_by(f.subject_url, a.as_of) AS subject_url,
        max_by(f.origin_url, a.as_of) AS origin_url, max_by(f.run_id, a.as_of) AS run_id
    FROM raw.finding AS f
    JOIN raw.assessment AS a USING (assessment_id)
    WHERE a.as_of < $as_of AND f.finding_key IN (SELECT unnest($finding_keys::VARCHAR[]))
    GROUP BY f.finding_key
), carried AS (
    -- As derived.link says it, but of these targets alone: joined whole, it would be the links of all nights.
    SELECT t.run_id, l.site_code, l.target_url, c.first_origins, c.origins
    FROM (
        SELECT s.*
        FROM derived.link_spell AS s
        SEMI JOIN last ON last.site_code = s.site_code AND last.subject_url = s.target_url
    ) AS l
    JOIN derived.turn AS t
        ON t.month = l.month AND t.site_code = l.site_code AND derived.holds(l.since_no, l.until_no, t.turn_no)
    JOIN derived.carrier_spell AS c
        ON c.month = l.month AND c.site_code = l.site_code AND c.target_no = l.target_no
        AND derived.holds(c.since_no, c.until_no, t.turn_no)
)
SELECT last.finding_key, last.origin_url, k.first_origins AS carriers, k.origins <= len(k.first_origins) AS carriers_whole
FROM last
LEFT JOIN carried AS k
    ON k.run_id = last.run_id AND k.site_code = last.site_code AND k.target_url = last.subject_url
ORDER BY last.finding_key
