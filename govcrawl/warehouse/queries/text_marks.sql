-- What is wrong in the texts of the pages read on $as_of and of the attachments they name, as far as one of the checks $check_ids
-- asks: a row a page or attachment and mark. origin_url: the page that names an attachment.
WITH marked AS (
    SELECT sha256, marks FROM text_reading
    UNION ALL
    SELECT sha256, marks FROM repost_reading WHERE as_of = $as_of
), shown AS (
    SELECT p.site_code, p.url, NULL AS origin_url, p.kind, p.run_id, p.fetched_at, p.body_sha256, p.text_sha256
    FROM night_visit AS v
    JOIN night.pages AS p USING (run_id, site_code)
    WHERE v.as_of = $as_of AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
    UNION ALL
    SELECT v.site_code, l.target_url, l.origin_url, l.kind, v.run_id, a.fetched_at, a.body_sha256, a.text_sha256
    FROM night_visit AS v
    JOIN night.links AS l USING (run_id, site_code)
    JOIN attachment_reading AS a USING (target_url)
    WHERE v.as_of = $as_of AND v.of_pages AND l.internal AND l.outcome IN (SELECT word FROM words.outcome WHERE ok)
)
SELECT p.*, m.mark.check_id AS check_id,
    m.mark.way AS way, m.mark.observed AS observed, m.mark.expected AS expected, m.mark.excerpt AS excerpt,
    m.mark."offset" AS "offset", m.mark."count" AS "count", m.mark.reason AS reason, m.mark.certain AS certain,
    m.mark.seen_at AS seen_at
FROM shown AS p
JOIN marked AS r ON r.sha256 = p.text_sha256
CROSS JOIN unnest(r.marks) AS m(mark)
WHERE list_contains($check_ids::VARCHAR[], m.mark.check_id)
QUALIFY row_number() OVER (
    PARTITION BY p.site_code, p.url, m.mark.check_id, m.mark.observed, m.mark.expected ORDER BY p.fetched_at DESC, p.run_id DESC
) = 1
ORDER BY p.site_code, p.url, m.mark."offset"
