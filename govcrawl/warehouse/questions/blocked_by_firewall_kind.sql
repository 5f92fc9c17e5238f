-- How often are we turned away at home pages, and how does the firewall say so?
-- column kind: status of the refusal; challenge where the page came and asked the browser to prove itself
-- column sites: sites that answered so at least once
-- column probes: attempts
-- column share: share of all attempts that count
WITH counted AS (
    SELECT site_code, outcome, status FROM probe WHERE voided IS NULL
)
SELECT CASE WHEN status IS NULL OR status < 400 THEN 'challenge' ELSE status::VARCHAR END AS kind, count(DISTINCT site_code) AS sites,
    count(*) AS probes, round(count(*) / (SELECT count(*) FROM counted), 4) AS share
FROM counted
WHERE outcome IN (SELECT word FROM words.outcome WHERE blocked)
GROUP BY kind
ORDER BY probes DESC, kind
