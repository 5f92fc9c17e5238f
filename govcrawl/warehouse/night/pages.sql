-- The pages of one visit as it saw or knew them: what questions ask of them; of their lists the lengths.
SELECT * EXCLUDE (
        entries, new_links, link_nos, first_link_no, elapsed_s, size_bytes, content_type, redirects, rendered, charset_declared, charset_used,
        shown_on, etag, last_modified, same_as_run, planted, planted_sought, generator, answer_headers
    ),
    len(entries)::INTEGER AS entries, len(link_nos)::INTEGER AS links
FROM derived.visited_page
WHERE run_id = $run_id
