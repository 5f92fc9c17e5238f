-- Which 我为政府网站找错 tickets were received in a span of days, and how were they dealt with?
-- `decided`: answered or overdue; an open ticket within its term says nothing of punctuality yet.
-- $since, $until: civil days, both in it. $assessment_id: whose registry holds them and whose ticket-overdue findings count.
SELECT *, answered OR overdue AS decided
FROM (
    SELECT ticket.id, ticket.site_code, coalesce(site.name, ticket.site_code) AS name,
        coalesce(site.unit, '(未登记主办单位)') AS unit,
        CAST(received_at + INTERVAL 8 HOUR AS DATE) AS received_on,
        CAST(answered_at + INTERVAL 8 HOUR AS DATE) AS answered_on,
        coalesce(CAST(answered_at + INTERVAL 8 HOUR AS DATE) <= $until, false) AS answered,
        EXISTS (
            FROM finding
            WHERE assessment_id = $assessment_id AND check_id = 'ticket-overdue'
                AND subject_url = 'ticket:' || ticket.id AND state IN (SELECT word FROM words.finding_state WHERE reported)
        ) AS overdue
    FROM derived.assessed_registry AS registry
    JOIN raw.ticket USING (registry_sha256)
    LEFT JOIN raw.site ON site.registry_sha256 = registry.registry_sha256 AND site.site_code = ticket.site_code
    WHERE registry.assessment_id = $assessment_id
        AND CAST(received_at + INTERVAL 8 HOUR AS DATE) BETWEEN $since AND $until
)
ORDER BY id
