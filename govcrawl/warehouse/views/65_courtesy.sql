CREATE VIEW courtesy AS
WITH night AS (
    SELECT v.as_of, v.site_code, v.run_id, s.requests, s.size_bytes, s.refused, derived.bare_host(site.home_url) AS host
    FROM night_visit AS v
    JOIN raw.site_visit AS s USING (run_id, site_code)
    JOIN raw.run AS r USING (run_id)
    JOIN raw.site AS site ON site.registry_sha256 = r.registry_sha256 AND site.site_code = v.site_code
    WHERE v.of_pages
), sent AS (
    SELECT n.as_of, n.site_code, p.url, p.fetched_at AS sent_at, p.outcome, true AS of_pages, true AS of_visit,
        list_contains(map_keys(n.refused), derived.template_of(p.url)) AS into_trap
    FROM night AS n
    JOIN raw.page AS p USING (run_id, site_code)
    WHERE p.outcome NOT IN (SELECT word FROM words.outcome WHERE not_attempted OR robots_denied OR budget_spent)
    UNION ALL
    SELECT n.as_of, n.site_code, c.target_url, c.attempt.attempted_at, c.attempt.outcome, true, false, false
    FROM night AS n
    JOIN raw.run AS links ON links.of_run = n.run_id AND links.kind IN (SELECT word FROM words.run_kind WHERE links) AND links.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    JOIN (SELECT run_id, target_url, unnest(attempts) AS attempt FROM raw.link_check) AS c
        ON c.run_id = links.run_id AND derived.bare_host(c.target_url) = n.host
    -- the first attempt at a page that failed in the visit is that visit's request
    ANTI JOIN raw.page AS p ON p.run_id = n.run_id AND p.url = c.target_url AND p.fetched_at = c.attempt.attempted_at
    WHERE c.attempt.outcome NOT IN (SELECT word FROM words.outcome WHERE not_attempted OR robots_denied OR budget_spent)
    UNION ALL
    SELECT n.as_of, n.site_code, p.url, p.probed_at, p.outcome, false, false, false
    FROM night AS n
    JOIN raw.run AS r ON r.as_of = n.as_of AND r.kind IN (SELECT word FROM words.run_kind WHERE availability) AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
    JOIN raw.probe AS p ON p.run_id = r.run_id AND p.site_code = n.site_code
), address AS (
    SELECT as_of, site_code, url, count(*) FILTER (WHERE of_pages) AS times,
        count(*) FILTER (WHERE of_pages AND outcome IN (SELECT word FROM words.outcome WHERE ok)) AS opened,
        bool_or(outcome IN (SELECT word FROM words.outcome WHERE ok)) AS is_there
    FROM sent
    GROUP BY ALL
), counted AS (
    SELECT as_of, site_code, count(*) FILTER (WHERE is_there) AS existing,
        -- a page that failed may be tried again; one that opened need not be asked for twice
        sum(greatest(opened - 1, 0)) AS repeats, sum(times - 1) FILTER (WHERE times > 0) - sum(greatest(opened - 1, 0)) AS second_attempts
    FROM address
    GROUP BY ALL
), second AS (
    SELECT as_of, site_code, max(requests) AS busiest
    FROM (SELECT as_of, site_code, date_trunc('second', sent_at) AS at, count(*) AS requests FROM sent GROUP BY ALL)
    GROUP BY ALL
), hour AS (
    SELECT as_of, site_code, max(requests) AS busiest
    FROM (SELECT as_of, site_code, date_trunc('hour', sent_at) AS at, count(*) AS requests FROM sent GROUP BY ALL)
    GROUP BY ALL
), total AS (
    SELECT as_of, site_code, count(*) FILTER (WHERE of_pages AND NOT of_visit) AS targets, count(*) FILTER (WHERE NOT of_pages) AS probes, count(*) FILTER (WHERE into_trap) AS into_traps
    FROM sent
    GROUP BY ALL
), around AS (
    SELECT r.as_of, beside.site_code, sum(beside.requests) AS requests
    FROM raw.run AS r
    JOIN (
        SELECT run_id, site_code, requests FROM raw.host_check
        UNION ALL
        SELECT run_id, site_code, requests FROM raw.face_trial
        UNION ALL
        SELECT run_id, site_code, len(pages) FROM raw.barrier_trial
    ) AS beside USING (run_id)
    WHERE r.kind IN (SELECT word FROM words.run_kind WHERE surroundings) AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly) AND r.finish_reason IN (SELECT word FROM words.finish_reason WHERE finished)
    GROUP BY ALL
)
SELECT n.as_of, n.site_code, n.host,
    (n.requests + coalesce(t.targets, 0) + coalesce(t.probes, 0) + coalesce(a.requests, 0))::INTEGER AS requests,
    (n.requests + coalesce(t.targets, 0))::INTEGER AS page_requests,
    coalesce(c.existing, 0)::INTEGER AS existing_pages,
    coalesce(c.second_attempts, 0)::INTEGER AS second_attempts,
    round((page_requests - coalesce(c.second_attempts, 0)) / nullif(c.existing, 0), 2) AS requests_per_page,
    coalesce(c.repeats, 0)::INTEGER AS repeats,
    coalesce(t.into_traps, 0)::INTEGER AS into_traps,
    second.busiest::INTEGER AS busiest_second,
    hour.busiest::INTEGER AS busiest_hour,
    n.size_bytes
FROM night AS n
LEFT JOIN total AS t USING (as_of, site_code)
LEFT JOIN counted AS c USING (as_of, site_code)
LEFT JOIN second USING (as_of, site_code)
LEFT JOIN hour USING (as_of, site_code)
LEFT JOIN around AS a USING (as_of, site_code);

COMMENT ON VIEW courtesy IS 'One row per site and night: what the night burdened its host with.';
