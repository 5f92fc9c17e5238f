-- Attachments that opened before $as_of and that no night has fetched to be read; at most $most a host, what readers meet first.
WITH visit AS (
    SELECT v.site_code, max_by(r.run_id, (r.as_of, r.started_at)) AS run_id
    FROM raw.site_visit AS v
    JOIN raw.run AS r ON r.run_id = v.run_id AND r.as_of < $as_of AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
    WHERE v.home_outcome IN (SELECT word FROM words.outcome WHERE ok)
    GROUP BY v.site_code
), named AS (
    SELECT l.target_url AS url, min_by(l.kind, l.target_no) AS kind, min_by(l.anchor_text, l.target_no) AS text,
        bool_or(l.on_home) AS on_home, min(l.target_no) AS target_no, min_by(l.site_code, l.target_no) AS site_code
    FROM derived.link AS l
    JOIN visit USING (run_id, site_code)
    JOIN derived.known_target AS k ON k.target_url = l.target_url AND k.opened
    ANTI JOIN raw.attachment_reading AS a ON a.target_url = l.target_url
    WHERE l.internal AND l.wrong IS NULL AND l.kind IN (SELECT word FROM words.link_kind WHERE attachment)
    GROUP BY l.target_url
)
SELECT url, kind, text, true AS internal, on_home, site_code
FROM named
QUALIFY row_number() OVER (PARTITION BY derived.host_of(url) ORDER BY NOT on_home, target_no, url) <= $most
ORDER BY NOT on_home, target_no, url
