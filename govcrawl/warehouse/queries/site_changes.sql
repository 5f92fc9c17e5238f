-- Which sites were registered anew, shut down, moved to another host or taken off the registry between two assessments?
-- $earlier_id, $assessment_id: the two, each asked for its own registry. $closed: the status of a site that is shut down.
-- change: registered, shut_down, moved or taken_off. home_url_before is null for a site that was not registered then.
WITH site_then AS (
    SELECT site.*
    FROM derived.assessed_registry
    JOIN raw.site USING (registry_sha256)
    WHERE assessment_id = $earlier_id
), site_now AS (
    SELECT site.*
    FROM derived.assessed_registry
    JOIN raw.site USING (registry_sha256)
    WHERE assessment_id = $assessment_id
)
FROM (
    SELECT site_code, coalesce(site_now.name, site_then.name) AS name,
        coalesce(site_now.unit, site_then.unit) AS unit, site_then.home_url AS home_url_before, site_now.home_url,
        CASE
            WHEN coalesce(site_then.status, $closed) = $closed AND site_now.status <> $closed THEN 'registered'
            WHEN site_then.status <> $closed AND site_now.status = $closed THEN 'shut_down'
            WHEN site_then.status <> $closed AND site_now.site_code IS NULL THEN 'taken_off'
            WHEN site_then.status <> $closed
                AND lower(regexp_extract(site_then.home_url, '^[a-z]+://([^/?#]*)', 1))
                    <> lower(regexp_extract(site_now.home_url, '^[a-z]+://([^/?#]*)', 1))
                THEN 'moved'
        END AS change
    FROM site_now
    FULL JOIN site_then USING (site_code)
)
WHERE change IS NOT NULL
ORDER BY change, site_code
