-- derived.link of one site run: unnest the numbered targets and count the pages that carry each.
INSERT INTO derived.link (
    run_id, site_code, link_no, target_url, kind, anchor_text, hidden, internal, wrong, origin_url,
    origins, on_home, visit_outcome, visit_status, "position", first_origins
)
WITH target AS (
    SELECT site_code, link_no, origin_url,
        link.url AS target_url, link.kind, link.text AS anchor_text, link.hidden, link.internal, link.wrong,
        nullif(link.position, '') AS "position"
    FROM (
        SELECT site_code, url AS origin_url,
            first_link_no + unnest(range(len(new_links)))::INTEGER AS link_no,
            unnest(new_links) AS link
        FROM raw.page
        WHERE run_id = $run_id
    )
), carried AS (
    SELECT site_code, link_no, count(*)::INTEGER AS origins, bool_or(depth = 0) AS on_home,
        min_by(url, (first_link_no, fetched_at, url), 5) AS first_origins
    FROM (
        SELECT site_code, depth, url, first_link_no, fetched_at, unnest(list_distinct(link_nos)) AS link_no
        FROM raw.page
        WHERE run_id = $run_id
    )
    GROUP BY site_code, link_no
), visit AS (
    SELECT site_code, url AS target_url, max_by((outcome, status), fetched_at) AS answer
    FROM raw.page
    WHERE run_id = $run_id
    GROUP BY site_code, url
)
SELECT $run_id, site_code, link_no, target_url, kind, coalesce(anchor_text, ''), coalesce(hidden, false),
    coalesce(internal, true), wrong, origin_url,
    coalesce(origins, 1), coalesce(on_home, false), answer[1], answer[2], "position",
    coalesce(first_origins, [origin_url])
FROM target
LEFT JOIN carried USING (site_code, link_no)
LEFT JOIN visit USING (site_code, target_url)
QUALIFY row_number() OVER (PARTITION BY site_code, target_url ORDER BY link_no) = 1
ORDER BY site_code, link_no;
