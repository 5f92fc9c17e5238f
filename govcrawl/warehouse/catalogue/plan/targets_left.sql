-- Link targets that a page names as it was last read, and no night before $as_of has checked; at most $most a host, what readers meet first;
-- of the hosts of others that one site names at most $most_hosts.
-- Pages of the site itself are its visit's.
WITH named AS (
    SELECT l.target_url AS url, regexp_extract(l.target_url, '^https?://([^/?#]+)', 1) AS host, min(l.site_code) AS site_code, min_by(l.kind, l.target_no) AS kind, min_by(l.anchor_text, l.target_no) AS text,
        bool_and(l.internal) AS internal, bool_or(l.on_home) AS on_home, min(l.target_no) AS target_no
    FROM derived.link AS l
    JOIN derived.last_visits($as_of) AS v USING (run_id, site_code)
    ANTI JOIN derived.known_target AS k USING (target_url)
    WHERE l.visit_outcome IS NULL AND l.wrong IS NULL AND NOT (l.internal AND l.kind IN (SELECT word FROM words.link_kind WHERE leads_to_pages))
    GROUP BY l.target_url
)
SELECT url, kind, text, internal, on_home, site_code
FROM named
QUALIFY row_number() OVER (PARTITION BY host ORDER BY NOT on_home, target_no, url) <= $most
    AND (internal OR dense_rank() OVER (PARTITION BY site_code, internal ORDER BY host) <= $most_hosts)
ORDER BY NOT on_home, target_no, url
