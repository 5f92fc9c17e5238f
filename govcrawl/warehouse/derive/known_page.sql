-- derived.known_page and the pages that stand after one visit, in the order of the days: a visit loaded late changes neither.
CREATE OR REPLACE TEMP TABLE visited AS
SELECT p.site_code, p.url, p.depth, p.outcome, p.same_as_run, p.text_sha256, r.as_of,
    derived.printed_on(p.published_at, p.date_origin) AS published_on
FROM raw.page AS p ANTI JOIN derived.superseded_page USING (run_id, site_code, url, fetched_at)
JOIN raw.run AS r USING (run_id)
WHERE p.run_id = $run_id AND p.outcome NOT IN (SELECT word FROM words.outcome WHERE not_attempted OR robots_denied OR budget_spent);

-- Sites that were reached tonight, and their host. Where half of the known pages asked for are gone, and at least ten, the site
-- was built anew: nothing of it stands, and all that is known is due.
CREATE OR REPLACE TEMP TABLE reached AS
SELECT v.site_code, r.as_of, derived.bare_host(s.home_url) AS host, coalesce(asked.gone >= greatest(10, asked.known / 2), false) AS rebuilt
FROM raw.site_visit AS v
JOIN raw.run AS r ON r.run_id = v.run_id AND r.purpose IN (SELECT word FROM words.purpose WHERE nightly)
JOIN raw.site AS s ON s.registry_sha256 = r.registry_sha256 AND s.site_code = v.site_code
LEFT JOIN (
    SELECT site_code, count(*) AS known, count(*) FILTER (WHERE outcome IN (SELECT word FROM words.outcome WHERE not_found OR gone)) AS gone
    FROM visited
    JOIN derived.known_page USING (site_code, url)
    GROUP BY site_code
) AS asked ON asked.site_code = v.site_code
WHERE v.run_id = $run_id AND v.home_outcome IN (SELECT word FROM words.outcome WHERE ok);

-- A site that moved to another host leaves its old addresses behind.
DELETE FROM derived.known_page AS k
USING reached AS r
WHERE r.site_code = k.site_code AND r.host <> derived.bare_host(k.url);

UPDATE derived.known_page AS k
SET due_on = least(k.due_on, r.as_of)
FROM reached AS r
WHERE r.site_code = k.site_code AND r.rebuilt;

-- What was not due stands as it was last read.
CREATE OR REPLACE TEMP TABLE standing_page_spell_now AS
SELECT k.site_code, k.url, k.read_run_id
FROM derived.known_page AS k
JOIN reached AS r ON r.site_code = k.site_code AND NOT r.rebuilt AND r.as_of > k.read_on
ANTI JOIN raw.page AS p ON p.run_id = $run_id AND p.site_code = k.site_code AND p.url = k.url
WHERE k.read_run_id IS NOT NULL;

-- A page that is gone is told once, by whoever links to it; nobody looks for it again before a page names it anew.
DELETE FROM derived.known_page AS k
USING visited AS v
WHERE v.site_code = k.site_code AND v.url = k.url AND v.outcome IN (SELECT word FROM words.outcome WHERE not_found OR gone) AND v.as_of >= coalesce(k.seen_on, k.met_on);

-- Thirty nights is the longest anybody waits for a page; what changes is read sooner.
UPDATE derived.known_page AS k
SET read_run_id = CASE WHEN full_reading THEN $run_id ELSE k.read_run_id END,
    read_on = CASE WHEN full_reading THEN v.as_of ELSE k.read_on END,
    seen_on = CASE WHEN v.outcome IN (SELECT word FROM words.outcome WHERE ok) THEN v.as_of ELSE k.seen_on END,
    changed_on = CASE WHEN changed THEN v.as_of ELSE k.changed_on END,
    published_on = CASE WHEN full_reading THEN v.published_on ELSE k.published_on END,
    depth = least(k.depth, v.depth),
    interval_days = CASE
        WHEN NOT full_reading OR k.read_on IS NULL THEN k.interval_days
        WHEN changed THEN greatest(1, k.interval_days // 2)
        ELSE least(30, k.interval_days * 2) END,
    due_on = CASE
        WHEN v.outcome NOT IN (SELECT word FROM words.outcome WHERE ok) THEN v.as_of
        WHEN NOT full_reading THEN k.due_on
        WHEN k.read_on IS NULL THEN v.as_of + (1 + hash(k.url) % 30)::INTEGER
        WHEN changed THEN v.as_of + greatest(1, k.interval_days // 2)
        ELSE v.as_of + least(30, k.interval_days * 2) END
FROM (
    SELECT visited.*, visited.outcome IN (SELECT word FROM words.outcome WHERE ok) AND visited.same_as_run IS NULL AS full_reading,
        coalesce(visited.outcome IN (SELECT word FROM words.outcome WHERE ok) AND visited.text_sha256 <> before.text_sha256, false) AS changed
    FROM visited
    JOIN derived.known_page AS known ON known.site_code = visited.site_code AND known.url = visited.url
    LEFT JOIN raw.page AS before
        ON before.run_id = known.read_run_id AND before.site_code = known.site_code AND before.url = known.url
        AND before.outcome IN (SELECT word FROM words.outcome WHERE ok) AND before.same_as_run IS NULL
    QUALIFY row_number() OVER (PARTITION BY visited.site_code, visited.url ORDER BY before.fetched_at DESC) = 1
) AS v
WHERE v.site_code = k.site_code AND v.url = k.url AND v.as_of >= coalesce(k.seen_on, k.met_on);

-- The first turn is drawn by the address, or everything read on the first night would be due on one night.
INSERT INTO derived.known_page
SELECT site_code, url, depth, as_of, CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN $run_id END, CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN as_of END,
    CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN as_of END, NULL, published_on, 15,
    CASE WHEN outcome IN (SELECT word FROM words.outcome WHERE ok) THEN as_of + (1 + hash(url) % 30)::INTEGER ELSE as_of END
FROM visited
JOIN reached USING (site_code, as_of)
ANTI JOIN derived.known_page USING (site_code, url)
WHERE outcome NOT IN (SELECT word FROM words.outcome WHERE not_found OR gone) AND derived.bare_host(url) = reached.host;

-- Pages that were met and not read wait for their turn, but for what the visit refused as a trap.
INSERT INTO derived.known_page
SELECT met.site_code, met.url, min(met.depth), max(reached.as_of), NULL, NULL, NULL, NULL, NULL, 15, max(reached.as_of)
FROM (
    SELECT p.site_code, p.depth + 1 AS depth, link.url AS url
    FROM (SELECT site_code, depth, unnest(new_links) AS link FROM raw.page WHERE run_id = $run_id) AS p
    WHERE link.internal AND link.kind IN (SELECT word FROM words.link_kind WHERE leads_to_pages) AND link.wrong IS NULL
) AS met
JOIN reached ON reached.site_code = met.site_code AND reached.host = derived.bare_host(met.url)
JOIN raw.site_visit AS v ON v.run_id = $run_id AND v.site_code = met.site_code
ANTI JOIN derived.known_page AS k ON k.site_code = met.site_code AND k.url = met.url
ANTI JOIN visited ON visited.site_code = met.site_code AND visited.url = met.url
WHERE NOT list_contains(map_keys(v.refused), derived.template_of(met.url)) AND length(met.url) <= 1024
GROUP BY met.site_code, met.url;
