CREATE VIEW home_header AS
SELECT v.as_of, p.site_code, p.run_id, p.url,
    p.answer_headers['server'] AS server,
    p.answer_headers['x-powered-by'] AS powered_by,
    CASE WHEN p.same_as_run IS NULL THEN p.generator ELSE r.generator END AS generator,  -- it stands in the page, not in the answer
    p.answer_headers['set-cookie'] AS cookies,
    p.answer_headers['strict-transport-security'] AS transport_security,
    p.answer_headers['content-security-policy'] AS content_policy,
    p.answer_headers['x-frame-options'] AS frame_options,
    p.answer_headers['x-content-type-options'] AS content_type_options,
    p.answer_headers['referrer-policy'] AS referrer_policy,
    p.answer_headers
FROM derived.last_tries() AS p
JOIN night_visit AS v ON v.run_id = p.run_id AND v.site_code = p.site_code
LEFT JOIN (FROM derived.last_tries() WHERE depth = 0) AS r ON r.run_id = p.same_as_run AND r.site_code = p.site_code AND r.url = p.url
WHERE v.of_pages AND p.depth = 0 AND cardinality(p.answer_headers) > 0
QUALIFY row_number() OVER (PARTITION BY v.as_of, p.site_code ORDER BY p.fetched_at DESC, p.url) = 1;

COMMENT ON VIEW home_header IS 'One row per site and inspected day whose home page answered: what its server and CMS say of themselves, and how it guards its readers.';

CREATE VIEW home_header_life AS
SELECT site_code, any_value(server) AS server, any_value(powered_by) AS powered_by, any_value(generator) AS generator,
    any_value(transport_security) AS transport_security, any_value(content_policy) AS content_policy,
    any_value(frame_options) AS frame_options, any_value(content_type_options) AS content_type_options,
    any_value(referrer_policy) AS referrer_policy, min(as_of) AS since_on, max(as_of) AS until_on
FROM (
    SELECT *, sum(other::INTEGER) OVER (PARTITION BY site_code ORDER BY as_of) AS life
    FROM (
        SELECT *,
            row(server, powered_by, generator, transport_security, content_policy, frame_options, content_type_options, referrer_policy)
                IS DISTINCT FROM lag(row(server, powered_by, generator, transport_security, content_policy, frame_options, content_type_options, referrer_policy))
                OVER (PARTITION BY site_code ORDER BY as_of) AS other
        FROM home_header
    )
)
GROUP BY site_code, life;

COMMENT ON VIEW home_header_life IS 'One row per site and spell of nights in which its home page answered with the same of these headers.';
