-- Link targets that a page names as it was last read, and no night before $as_of has checked; at most $most a host, what readers meet first;
-- of the hosts of others that one site names at most $most_hosts.
-- Pages of the site itself are its visit's.
WITH visit AS (
    SELECT v.site_code, max_by(r.run_id, (r.as_of, r.started_at)) AS run_id
    FROM raw.site_visit AS v
    JOIN raw.run AS r ON r.run_id = v.run_id AND r.as_of < $as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
    WHERE v.home_outcome IN (SELECT word FROM words.outcome WHERE ok)
    GROUP BY v.site_code
), named AS (
    SELECT l.target_url AS url, regexp_extract(l.target_url, '^https?://([^/?#]+)', 1) AS host, min(l.site_code) AS site_code, min_by(l.kind, l.target_no) AS kind, min_by(l.anchor_text, l.target_no) AS text,
        bool_and(l.internal) AS internal, bool_or(l.on_home) AS on_home, min(l.target_no) AS target_no
    FROM derived.link AS l
    JOIN visit USING (run_id, site_code)
    ANTI JOIN derived.known_target AS k USING (target_url)
    WHERE l.visit_outcome IS NULL AND l.wrong IS NULL AND NOT (l.internal AND l.kind IN (SELECT word FROM words.link_kind WHERE leads_to_pages))
    GROUP BY l.target_url
)
SELECT url, kind, text, internal, on_home, site_code
FROM named
QUALIFY row_number() OVER (PARTITION BY host ORDER BY NOT on_home, target_no, url) <= $most
    AND (internal OR dense_rank() OVER (PARTITION BY site_code, internal ORDER BY host) <= $most_hosts)
ORDER BY NOT on_home, target_no, url
