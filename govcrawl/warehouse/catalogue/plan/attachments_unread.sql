-- Attachments that opened before $as_of and that no night has fetched to be read; at most $most a host, what readers meet first.
WITH named AS (
    SELECT l.target_url AS url, min_by(l.kind, l.target_no) AS kind, min_by(l.anchor_text, l.target_no) AS text,
        bool_or(l.on_home) AS on_home, min(l.target_no) AS target_no, min_by(l.site_code, l.target_no) AS site_code
    FROM derived.link AS l
    JOIN derived.last_visits($as_of) AS v USING (run_id, site_code)
    JOIN derived.known_target AS k ON k.target_url = l.target_url AND k.opened
    ANTI JOIN raw.attachment_reading AS a ON a.target_url = l.target_url
    WHERE l.internal AND l.wrong IS NULL AND l.kind IN (SELECT word FROM words.link_kind WHERE attachment)
    GROUP BY l.target_url
)
SELECT url, kind, text, true AS internal, on_home, site_code
FROM named
QUALIFY row_number() OVER (PARTITION BY derived.host_of(url) ORDER BY NOT on_home, target_no, url) <= $most
ORDER BY NOT on_home, target_no, url
