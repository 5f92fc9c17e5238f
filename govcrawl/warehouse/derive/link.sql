-- The links of one visit: unnest the numbered targets and count the pages that carry each. Pages that were not due, or are
-- the same as before, carry what they carried when they were read. A site names tens of thousands of links a night, so they are
-- joined and counted by numbers only: of the target, of the reading (a site's in one run), and of the page (`place`).
CREATE OR REPLACE TEMP TABLE met AS
WITH standing AS (
    SELECT site_code, url, read_run_id, true AS not_due FROM derived.standing_page WHERE run_id = $run_id
    UNION ALL
    SELECT site_code, url, same_as_run, false FROM raw.page WHERE run_id = $run_id AND same_as_run IS NOT NULL
), reading AS (
    SELECT run_id, site_code, row_number() OVER () AS reading_no
    FROM (
        SELECT $run_id AS run_id, site_code FROM derived.turn WHERE run_id = $run_id
        UNION
        SELECT read_run_id, site_code FROM standing
    )
), numbered AS (
    SELECT * EXCLUDE (link), link.url AS target_url, link.kind, link.text AS anchor_text, link.hidden, link.internal, link.wrong,
        nullif(link.position, '') AS "position", dense_rank() OVER (ORDER BY site_code, link.url) AS target_id
    FROM (
        SELECT run_id, site_code, reading_no, url AS origin_url,
            first_link_no + unnest(range(len(new_links)))::INTEGER AS link_no,
            unnest(new_links) AS link
        FROM raw.page
        JOIN reading USING (run_id, site_code)
    )
    QUALIFY row_number() OVER (PARTITION BY reading_no, target_url ORDER BY link_no) = 1
), named AS (
    FROM numbered WHERE run_id = $run_id
), origin AS (
    -- Pages read tonight in the order of reading, then those that stand.
    SELECT *, row_number() OVER (ORDER BY site_code, first_link_no, fetched_at, url) AS place
    FROM (
        SELECT reading_no, site_code, url, bool_or(depth = 0) AS on_home, min(first_link_no) AS first_link_no,
            min(fetched_at) AS fetched_at, flatten(list(link_nos)) AS link_nos
        FROM raw.page
        JOIN reading USING (run_id, site_code)
        WHERE run_id = $run_id
        GROUP BY reading_no, site_code, url
        UNION ALL
        SELECT reading_no, p.site_code, p.url, p.depth = 0, 1000000, p.fetched_at, p.link_nos
        FROM standing AS st
        JOIN raw.page AS p ON p.run_id = st.read_run_id AND p.site_code = st.site_code AND p.url = st.url
        JOIN reading ON reading.run_id = p.run_id AND reading.site_code = p.site_code
        ANTI JOIN derived.superseded_page AS again
            ON again.run_id = p.run_id AND again.site_code = p.site_code AND again.url = p.url AND again.fetched_at = p.fetched_at
    )
), counted AS (
    SELECT target_id, reading_no, count(*)::INTEGER AS origins, bool_or(on_home) AS on_home, min(place, 5) AS places
    FROM (SELECT reading_no, place, on_home, unnest(list_distinct(link_nos)) AS link_no FROM origin)
    JOIN numbered USING (reading_no, link_no)
    GROUP BY target_id, reading_no
), everywhere AS (
    SELECT target_id, any_value(origins) AS origins, any_value(counted.on_home) AS on_home, list(url ORDER BY place) AS first_origins
    FROM (
        SELECT target_id, sum(origins)::INTEGER AS origins, bool_or(on_home) AS on_home,
            unnest(list_sort(flatten(list(places)))[:5]) AS place
        FROM counted
        GROUP BY target_id
    ) AS counted
    JOIN origin USING (place)
    GROUP BY target_id
), target AS (
    SELECT site_code, link_no, target_id, origin_url, target_url, kind, anchor_text, hidden, internal, wrong, "position" FROM named
    UNION ALL
    SELECT site_code,
        (1000000 + row_number() OVER (PARTITION BY site_code ORDER BY min(fetched_at), target_url))::INTEGER AS link_no,
        target_id, min_by(url, place) AS origin_url, target_url, any_value(kind), min_by(anchor_text, place),
        bool_and(hidden), any_value(internal), any_value(wrong), min_by("position", place)
    FROM (
        SELECT l.* EXCLUDE (reading_no), o.url, o.fetched_at, o.place
        FROM counted AS c
        JOIN numbered AS l USING (target_id, reading_no)
        JOIN origin AS o ON o.place = c.places[1]
        ANTI JOIN named ON named.target_id = c.target_id
    )
    GROUP BY site_code, target_url, target_id
), visit AS (
    -- Whoever's page it is: what one site's visit has read need not be asked for another's link. A redirect answers for both ends,
    -- and a page that was not due as it did when it was read.
    SELECT target_url, max_by({outcome: outcome, status: status}, (asked, fetched_at)) AS answer
    FROM (
        SELECT url AS target_url, outcome, status, fetched_at, 2 AS asked FROM raw.page WHERE run_id = $run_id
        UNION ALL
        SELECT final_url, outcome, status, fetched_at, 1 FROM raw.page WHERE run_id = $run_id AND outcome IN (SELECT word FROM words.outcome WHERE ok) AND final_url <> '' AND final_url <> url
        UNION ALL
        SELECT p.url, p.outcome, p.status, p.fetched_at, 0
        FROM standing AS st
        JOIN raw.page AS p ON p.run_id = st.read_run_id AND p.site_code = st.site_code AND p.url = st.url
        WHERE st.not_due
    )
    GROUP BY target_url
)
SELECT site_code, link_no, target_url, kind, coalesce(anchor_text, '') AS anchor_text, coalesce(hidden, false) AS hidden,
    coalesce(internal, true) AS internal, wrong, origin_url, "position",
    coalesce(origins, 1) AS origins, coalesce(on_home, false) AS on_home, coalesce(first_origins, [origin_url]) AS first_origins,
    answer.outcome AS visit_outcome, answer.status AS visit_status
FROM target
LEFT JOIN everywhere USING (target_id)
LEFT JOIN visit USING (target_url);

UPDATE derived.turn AS t
SET links = m.links
FROM (SELECT site_code, count(*)::INTEGER AS links FROM met GROUP BY site_code) AS m
WHERE t.run_id = $run_id AND t.site_code = m.site_code;

-- A target keeps its number within the month, in the order of meeting.
CREATE OR REPLACE TEMP TABLE link_spell_now AS
SELECT m.site_code,
    coalesce(before.target_no, coalesce(last.last_no, 0) + row_number() OVER (
        PARTITION BY m.site_code, before.target_no IS NULL ORDER BY m.link_no))::INTEGER AS target_no,
    m.target_url, m.kind, m.anchor_text, m.hidden, m.internal, m.wrong, m.origin_url, m."position"
FROM met AS m
JOIN derived.turn AS t ON t.run_id = $run_id AND t.site_code = m.site_code
LEFT JOIN (SELECT DISTINCT month, site_code, target_url, target_no FROM derived.link_spell) AS before
    ON before.month = t.month AND before.site_code = m.site_code AND before.target_url = m.target_url
LEFT JOIN (SELECT month, site_code, max(target_no) AS last_no FROM derived.link_spell GROUP BY ALL) AS last
    ON last.month = t.month AND last.site_code = m.site_code;

CREATE OR REPLACE TEMP TABLE carrier_spell_now AS
SELECT m.site_code, n.target_no, m.origins, m.on_home, m.first_origins
FROM met AS m JOIN link_spell_now AS n USING (site_code, target_url);

CREATE OR REPLACE TEMP TABLE answer_spell_now AS
SELECT m.site_code, n.target_no, m.visit_outcome, m.visit_status
FROM met AS m JOIN link_spell_now AS n USING (site_code, target_url);
