-- Targets that a reader of a site can follow and that advertise what no office sells, as met on $as_of, with what the link promises and
-- what is there; those of planted blocks are told as these. Behind them targets that may have got another owner (no words): the host shows
-- a certificate of another subject or issuer than an earlier night saw, and the page another title. `before_…`: what that night saw.
WITH shown AS (
    SELECT c.run_id, r.as_of, c.target_url, c.title, c.certificate_subject AS subject, c.certificate_issuer AS issuer, c.certificate_from_at AS from_at
    FROM raw.link_check AS c
    JOIN run AS r USING (run_id)
    WHERE c.certificate_subject IS NOT NULL AND r.as_of <= $as_of
), newest AS (
    FROM shown
    QUALIFY as_of = max(as_of) OVER (PARTITION BY target_url)
), changed AS (
    SELECT now.run_id, now.target_url, now.subject, now.issuer, now.from_at,
        max(before.as_of) AS before_on, max_by(before.title, before.as_of) AS before_title,
        max_by(before.subject, before.as_of) AS before_subject, max_by(before.issuer, before.as_of) AS before_issuer
    FROM newest AS now
    JOIN shown AS before ON before.target_url = now.target_url AND before.as_of < now.as_of
        AND (before.subject <> now.subject OR before.issuer IS DISTINCT FROM now.issuer)
    GROUP BY ALL
)
SELECT l.site_code, l.target_url, l.origin_url, l.anchor_text, l.origins, l.on_home, l.run_id, l.spam AS words, l.target_title AS title,
    l.target_sha256 AS body_sha256, c.subject AS certificate_subject, c.issuer AS certificate_issuer, c.from_at AS certificate_from_at,
    c.before_on, c.before_title, c.before_subject, c.before_issuer
FROM night_visit AS v
JOIN night.links AS l USING (run_id, site_code)
ANTI JOIN night.planted_links AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
LEFT JOIN changed AS c ON c.run_id = l.links_run_id AND c.target_url = l.target_url
WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NULL AND (len(l.spam) > 0 OR c.before_title <> l.target_title)
ORDER BY l.site_code, l.target_url
