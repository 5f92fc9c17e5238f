CREATE VIEW page AS
SELECT run_id, site_code, url, final_url, status, outcome, fetched_at, elapsed_s, depth, title,
    try_cast(published_at AS TIMESTAMP) AS published_at,
    date_origin, charset_declared, charset_used, body_sha256,
    kind, rendered, size_bytes, content_type, redirects, text_sha256, navigation_only, tags, footer, shown_on, source,
    doc_number, guide_elements, consultation_opens_on, consultation_closes_on, consultation_result, interpreter, related, doubts,
    read_state, len(entries)::INTEGER AS entries, len(link_nos)::INTEGER AS links, p.standing, p.same_as_run,
    k.read_on, k.due_on, etag, last_modified, generator, answer_headers
FROM derived.visited_page AS p
LEFT JOIN (SELECT site_code, url, read_on, due_on FROM derived.known_page) AS k USING (site_code, url);

COMMENT ON VIEW page IS 'One row per page and run, also for a page that did not answer; of several tries the last. A page that was not due stands in it as it was last read.';
