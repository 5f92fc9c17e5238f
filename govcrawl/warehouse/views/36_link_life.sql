CREATE VIEW link_life AS
WITH night AS (
    SELECT as_of, site_code, run_id, complete, finish_reason
    FROM night_visit
    WHERE of_pages
), dead AS MATERIALIZED (
    SELECT DISTINCT target_url FROM raw.link_check WHERE confirmed
), met AS (
    -- As the view link says it, but of the few targets that were ever dead: all links of all nights would be some hundred millions.
    SELECT n.as_of, l.site_code, l.target_url, l.kind, nullif(derived.host_of(l.target_url), '') AS host, nullif(h.domain, '') AS domain,
        l.internal, l.origin_url,
        derived.last_word(l.wrong, c.outcome, a.visit_outcome, n.finish_reason, l.internal, l.kind) AS outcome,
        derived.counts_as_confirmed(c.confirmed, c.outcome, of.voided) AS confirmed,
        outcome IN (SELECT word FROM words.outcome WHERE opened) AS opened
    FROM (FROM derived.link_spell SEMI JOIN dead USING (target_url)) AS l
    JOIN derived.turn AS t ON t.month = l.month AND t.site_code = l.site_code AND derived.holds(l.since_no, l.until_no, t.turn_no)
    JOIN night AS n ON n.run_id = t.run_id AND n.site_code = t.site_code
    JOIN derived.answer_spell AS a
        ON a.month = l.month AND a.site_code = l.site_code AND a.target_no = l.target_no
        AND derived.holds(a.since_no, a.until_no, t.turn_no)
    LEFT JOIN derived.checking_run AS of ON of.run_id = t.run_id
    LEFT JOIN derived.checks_of('dead') AS c ON c.links_run_id = of.links_run_id AND c.target_url = l.target_url
    LEFT JOIN derived.host AS h ON h.host = derived.host_of(l.target_url)
), died AS (
    SELECT DISTINCT site_code, target_url FROM met WHERE confirmed
), told AS (
    -- A night on which it was not asked for, or nobody could tell, ends nothing.
    SELECT met.*, confirmed AND NOT coalesce(lag(confirmed) OVER life, false) AS dies
    FROM met SEMI JOIN died USING (site_code, target_url)
    WHERE confirmed OR opened
    WINDOW life AS (PARTITION BY site_code, target_url ORDER BY as_of)
), death AS (
    SELECT site_code, target_url, number, arg_min(kind, as_of) AS kind, arg_min(host, as_of) AS host, arg_min(domain, as_of) AS domain,
        arg_min(internal, as_of) AS internal, arg_min(origin_url, as_of) AS origin_url,
        arg_min(outcome, as_of) FILTER (WHERE confirmed) AS outcome,
        min(as_of) FILTER (WHERE confirmed) AS dead_since_on, max(as_of) FILTER (WHERE confirmed) AS dead_until_on,
        count(*) FILTER (WHERE confirmed)::INTEGER AS nights_dead, min(as_of) FILTER (WHERE opened AND NOT confirmed) AS opened_on
    FROM (
        SELECT *, sum(dies::INTEGER) OVER (PARTITION BY site_code, target_url ORDER BY as_of) AS number FROM told
    )
    WHERE number > 0
    GROUP BY site_code, target_url, number
), carried AS (
    SELECT site_code, target_url, max(as_of) AS last_on
    FROM met SEMI JOIN died USING (site_code, target_url)
    GROUP BY site_code, target_url
), gone AS (
    -- Only a visit that left nothing out proves that no page names it any more.
    SELECT c.site_code, c.target_url, min(n.as_of) AS gone_on
    FROM carried AS c
    JOIN night AS n ON n.site_code = c.site_code AND n.as_of > c.last_on AND n.complete
    GROUP BY c.site_code, c.target_url
), looked AS (
    SELECT site_code, max(as_of) AS last_on FROM night GROUP BY site_code
)
SELECT d.site_code, d.target_url, d.kind, d.host, d.domain, d.internal, d.origin_url, d.outcome, d.dead_since_on, d.dead_until_on,
    d.nights_dead,
    CASE WHEN d.opened_on IS NOT NULL THEN 'opened' WHEN g.gone_on IS NOT NULL THEN 'unlinked' END AS mended_by,
    coalesce(d.opened_on, g.gone_on) AS mended_on,
    coalesce(d.opened_on, g.gone_on, l.last_on) - d.dead_since_on AS days_dead
FROM death AS d
JOIN looked AS l USING (site_code)
LEFT JOIN gone AS g USING (site_code, target_url);

COMMENT ON VIEW link_life IS 'One row per dead link and time it was dead: from the first night it was confirmed until it opened again or no page named it any more.';
