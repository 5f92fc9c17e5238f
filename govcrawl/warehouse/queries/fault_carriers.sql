-- Of earlier faults by $finding_keys: the page they were found on last before $as_of, and the pages that carried a link (at most
-- five, and whether these are all).
WITH last AS MATERIALIZED (
    SELECT f.finding_key, max_by(f.site_code, a.as_of) AS site_code, max_by(f.subject_url, a.as_of) AS target_url,
        max_by(f.origin_url, a.as_of) AS origin_url, max_by(f.run_id, a.as_of) AS run_id
    FROM raw.finding AS f
    JOIN raw.assessment AS a USING (assessment_id)
    WHERE a.as_of < $as_of AND f.finding_key IN (SELECT unnest($finding_keys::VARCHAR[]))
    GROUP BY f.finding_key
)
SELECT last.finding_key, last.origin_url, k.first_origins AS carriers, k.origins <= len(k.first_origins) AS carriers_whole
FROM last
LEFT JOIN derived.links_of('last') AS k USING (run_id, site_code, target_url)
ORDER BY last.finding_key
