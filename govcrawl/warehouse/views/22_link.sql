-- The last word on a target: what the links run said of it, else the visit; what a visit had no budget left for is no secret.
CREATE OR REPLACE MACRO derived.last_word(wrong, checked, visited, finish_reason, internal, kind) AS CASE
    WHEN wrong IS NOT NULL THEN (SELECT word FROM words.outcome WHERE not_attempted)
    WHEN checked IS NULL AND visited IS NULL AND finish_reason IN (SELECT word FROM words.finish_reason WHERE budget_spent)
        AND internal AND kind IN (SELECT word FROM words.link_kind WHERE leads_to_pages)
        THEN (SELECT word FROM words.outcome WHERE budget_spent)
    ELSE coalesce(checked, visited, (SELECT word FROM words.outcome WHERE not_attempted))
END;

-- A check that was confirmed counts, but for what may be our own line in a run that speaks against nobody.
CREATE OR REPLACE MACRO derived.counts_as_confirmed(confirmed, checked, voided) AS
    coalesce(confirmed AND (voided IS NULL OR checked NOT IN (SELECT word FROM words.outcome WHERE ours_when_offline)), false);

CREATE VIEW link AS
SELECT l.run_id, l.site_code, l.target_url, l.kind,
    derived.last_word(l.wrong, c.outcome, l.visit_outcome, v.finish_reason, l.internal, l.kind) AS outcome,
    CASE WHEN c.outcome IS NULL THEN l.visit_status ELSE c.status END AS status,
    derived.counts_as_confirmed(c.confirmed, c.outcome, checked.voided) AS confirmed,
    l.origin_url, l.anchor_text, l.origins, l.on_home, l.internal, l.hidden,
    coalesce(l.wrong, CASE WHEN c.parked AND len(c.spam) = 0 THEN 'parked' END) AS wrong,
    coalesce(c.attempts, (l.visit_outcome IS NOT NULL)::INTEGER) AS attempts,
    coalesce(c.check_run_id, checked.links_run_id) AS links_run_id,
    l.position, coalesce(l.first_origins, [l.origin_url]) AS first_origins, coalesce(c.redirects, []) AS redirects,
    coalesce(c.spam, []) AS spam, c.title AS target_title, c.body_sha256 AS target_sha256,
    nullif(derived.host_of(l.target_url), '') AS host, nullif(h.domain, '') AS domain, c.stand_in
FROM derived.link AS l
LEFT JOIN derived.host AS h ON h.host = derived.host_of(l.target_url)
LEFT JOIN raw.site_visit AS v ON v.run_id = l.run_id AND v.site_code = l.site_code
LEFT JOIN derived.checking_run AS checked ON checked.run_id = l.run_id
LEFT JOIN (  -- by the visit: a question about one visit then reads the checks of its night, not of all nights
    SELECT of.run_id, k.target_url, k.outcome, k.status, k.confirmed, len(k.attempts)::INTEGER AS attempts, k.parked, coalesce(k.spam, []) AS spam,
        k.title, k.body_sha256, k.attempts[-1].redirects AS redirects, k.stand_in, k.run_id AS check_run_id
    FROM derived.checking_run AS of
    JOIN raw.link_check AS k ON k.run_id = of.links_run_id
    UNION ALL  -- what was not due stands as it was checked last
    SELECT of.run_id, s.target_url, k.outcome, k.status, k.confirmed, len(k.attempts)::INTEGER, k.parked, coalesce(k.spam, []),
        k.title, k.body_sha256, k.attempts[-1].redirects, k.stand_in, s.check_run_id
    FROM derived.checking_run AS of
    JOIN derived.standing_check AS s ON s.run_id = of.links_run_id
    JOIN raw.link_check AS k ON k.run_id = s.check_run_id AND k.target_url = s.target_url
) AS c ON c.run_id = l.run_id AND c.target_url = l.target_url;

COMMENT ON VIEW link IS 'One row per target, site and visit, with the last word on it: the links run of that visit, else the page visit, else not_attempted.';
