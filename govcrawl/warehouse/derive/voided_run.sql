-- derived.voided_run after one availability or links run: were we the ones offline?
-- Name servers that give every made-up name an address hide what is gone. Canary addresses that are all silent prove us
-- offline; one that answers proves us online. Without any, the shares decide: when nine hosts in ten, and at least five,
-- fail before a word of HTTP is spoken, nothing proves that we could have reached them. Of a links run only hosts count that
-- opened for its visit: what else it asks for is there because it is suspected to be dead.
INSERT INTO derived.voided_run
WITH limits AS (
    SELECT 600 AS most_clock_off_s, -- seconds between our clock and the hosts'; the same as in govcrawl/cli/doctor.py
        5 AS least_hosts, 0.9 AS failed_share -- so many hosts, and this share of them, must fail to prove us offline
), canary AS (
    SELECT coalesce(sum(names_asked), 0) AS names_asked, coalesce(sum(names_resolved), 0) AS names_resolved,
        coalesce(sum(addresses_asked), 0) AS asked, coalesce(sum(addresses_answered), 0) AS answered,
        max(abs(clock_ahead_s)) AS clock_off_s
    FROM raw.canary
    WHERE run_id = $run_id
), host AS (
    SELECT host, bool_and(outcome IN (SELECT word FROM words.outcome WHERE before_http)) AS failed
    FROM (
        SELECT regexp_extract(url, '^[a-z]+://([^/?#]+)', 1) AS host, outcome
        FROM raw.probe
        WHERE run_id = $run_id
        UNION ALL
        SELECT regexp_extract(c.target_url, '^[a-z]+://([^/?#]+)', 1) AS host, c.outcome
        FROM raw.link_check AS c
        SEMI JOIN (
            SELECT regexp_extract(p.url, '^[a-z]+://([^/?#]+)', 1) AS host
            FROM raw.page AS p
            JOIN raw.run AS r ON r.of_run = p.run_id
            WHERE r.run_id = $run_id AND p.outcome IN (SELECT word FROM words.outcome WHERE ok)
        ) AS opened ON opened.host = regexp_extract(c.target_url, '^[a-z]+://([^/?#]+)', 1)
        WHERE c.run_id = $run_id
    )
    WHERE outcome NOT IN (SELECT word FROM words.outcome WHERE not_asked)
    GROUP BY host
), told AS (
    SELECT CASE
        WHEN names_asked > 0 AND names_resolved = names_asked THEN 'unknown_names_resolve'
        WHEN asked > 0 AND answered = 0 THEN 'canaries_silent'
        WHEN clock_off_s > most_clock_off_s THEN 'clock_wrong'
        WHEN asked = 0 AND hosts >= least_hosts AND failed >= failed_share * hosts THEN 'nearly_all_failed'
    END AS reason
    FROM canary, limits, (SELECT count(*) AS hosts, count(*) FILTER (WHERE failed) AS failed FROM host)
)
SELECT $run_id, reason
FROM told
WHERE reason IS NOT NULL;
