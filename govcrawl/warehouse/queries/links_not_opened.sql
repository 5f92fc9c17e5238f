-- Targets of every kind that did not open on $as_of, but those of planted blocks. For an answer 5xx
-- `earlier_outcome` is the last conclusive word on the same target in the $repeat_within_days days before; `fetched_at` and `body_sha256`
-- are those of the page that carries the link.
WITH tonight AS (
    SELECT v.site_code, l.*  EXCLUDE (site_code)
    FROM night_visit AS v
    JOIN night.links AS l USING (run_id, site_code)
    ANTI JOIN night.planted_links AS p ON p.run_id = l.run_id AND p.site_code = l.site_code AND p.target_url = l.target_url AND p.origin_url = l.origin_url
    WHERE v.as_of = $as_of AND v.of_pages AND l.wrong IS NULL
        AND l.outcome NOT IN (SELECT word FROM words.outcome WHERE opened)
), again AS MATERIALIZED (
    SELECT DISTINCT site_code, target_url FROM tonight WHERE outcome IN (SELECT word FROM words.outcome WHERE server_error)
), before AS MATERIALIZED (
    SELECT v.as_of, v.site_code, v.run_id, checked.links_run_id
    FROM night_visit AS v
    LEFT JOIN derived.checking_run AS checked USING (run_id)
    WHERE v.as_of < $as_of AND v.as_of >= $as_of::DATE - $repeat_within_days::INTEGER AND v.of_pages
), asked_before AS (
    SELECT before.as_of, before.links_run_id, before.run_id, again.site_code, again.target_url
    FROM again JOIN before USING (site_code)
), met AS (
    SELECT b.as_of, b.links_run_id, b.site_code, b.target_url, l.visit_outcome
    FROM asked_before AS b
    JOIN derived.links_of('asked_before') AS l USING (run_id, site_code, target_url)
    WHERE l.wrong IS NULL
), earlier AS (
    SELECT site_code, target_url, max_by(outcome, as_of) AS earlier_outcome, max(as_of) AS earlier_on
    FROM (
        SELECT met.site_code, met.target_url, met.as_of, coalesce(c.outcome, met.visit_outcome) AS outcome
        FROM met
        LEFT JOIN derived.checks_of('again') AS c ON c.links_run_id = met.links_run_id AND c.target_url = met.target_url
    )
    WHERE outcome IN (SELECT word FROM words.outcome WHERE opened OR conclusive)
    GROUP BY site_code, target_url
)
SELECT t.site_code, t.target_url, kind, outcome, stand_in, status, confirmed, origin_url, anchor_text, "position", origins, on_home, attempts,
    t.run_id, links_run_id, earlier_outcome, earlier_on, origin.fetched_at, origin.body_sha256
FROM tonight AS t
LEFT JOIN earlier USING (site_code, target_url)
LEFT JOIN night.addresses AS origin
    ON origin.as_of = $as_of AND origin.site_code = t.site_code AND origin.url = t.origin_url
ORDER BY site_code, target_url
